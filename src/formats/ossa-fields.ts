// SPDX-License-Identifier: Apache-2.0
// The fields of a map in an OpenStack advisory, each read once, with a finding for everything that has another form or another name.

import { type Line, line, type Prose, prose } from '../core/model/prose.ts';
import type { Finding } from './format.ts';
import type { YamlValue } from './yaml.ts';

type YamlMap = Extract<YamlValue, { readonly kind: 'map' }>;
type YamlText = Extract<YamlValue, { readonly kind: 'text' }>;

/** A map of the file. All maps of one file share their findings. */
export class Fields {
  readonly findings: Finding[];
  readonly #map: YamlMap;
  readonly #place: string;

  private constructor(map: YamlMap, place: string, findings: Finding[]) {
    this.#map = map;
    this.#place = place;
    this.findings = findings;
  }

  /** Nothing for what is no map. Keys that are not `known` are told; without `known` any key may stand there. */
  static of(value: YamlValue, place: string, known?: readonly string[], findings: Finding[] = []): Fields | undefined {
    if (value.kind !== 'map') return undefined;
    const fields = new Fields(value, place, findings);
    for (const key of value.entries.keys()) if (known?.includes(key) === false) fields.note(key, 'unknown-field', 'is not read');
    return fields;
  }

  note(key: string, rule: string, message: string): void {
    const at = this.#map.entries.get(key)?.line ?? this.#map.line;
    this.findings.push({ place: `${this.#place}${key}, line ${at}`, rule, message });
  }

  keys(): readonly string[] {
    return [...this.#map.entries.keys()];
  }

  line(key: string): Line | undefined {
    return this.#text(key, line);
  }

  prose(key: string): Prose | undefined {
    return this.#text(key, prose);
  }

  /** The texts of a list, as prose. */
  proses(key: string): readonly Prose[] {
    return this.#texts(key).flatMap((item) => prose(paragraphs(item)) ?? []);
  }

  #text<T>(key: string, read: (text: string) => T | undefined): T | undefined {
    const value = this.#map.entries.get(key);
    if (value === undefined) return undefined;
    const text = value.kind === 'text' ? read(paragraphs(value)) : undefined;
    if (text === undefined) this.note(key, 'field-form', 'expected a text');
    return text;
  }

  /** The texts of a list, each on one line; empty ones are left out and told. */
  texts(key: string): readonly string[] {
    return this.#texts(key).flatMap((item) => line(item.text) ?? []);
  }

  maps(key: string, known: readonly string[]): readonly Fields[] {
    return this.#items(key).flatMap((item, at) => {
      const fields = Fields.of(item, `${this.#place}${key}[${at}].`, known, this.findings);
      if (fields === undefined) this.note(key, 'field-form', 'expected a list of maps');
      return fields ?? [];
    });
  }

  map(key: string, known?: readonly string[]): Fields | undefined {
    const value = this.#map.entries.get(key);
    if (value === undefined) return undefined;
    const fields = Fields.of(value, `${this.#place}${key}.`, known, this.findings);
    if (fields === undefined) this.note(key, 'field-form', 'expected a map');
    return fields;
  }

  #texts(key: string): readonly YamlText[] {
    return this.#items(key).flatMap((item) => {
      if (item.kind === 'text' && item.text.trim() !== '') return [item];
      this.note(key, 'field-form', 'expected a list of texts');
      return [];
    });
  }

  #items(key: string): readonly YamlValue[] {
    const value = this.#map.entries.get(key);
    if (value === undefined) return [];
    if (value.kind === 'list') return value.items;
    this.note(key, 'field-form', 'expected a list');
    return [];
  }
}

function paragraphs({ text, folded }: YamlText): string {
  return folded ? text.replaceAll('\n', '\n\n') : text;
}
