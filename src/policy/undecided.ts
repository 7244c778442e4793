// SPDX-License-Identifier: Apache-2.0
// `unspecified`: takes the default, and is remembered.

import { type Path, pathText, type Tree } from './tree.ts';

export interface Decided {
  readonly tree: Tree;
  /** Key paths of what the file calls unspecified, in the order of the file. */
  readonly unspecified: readonly string[];
}

/** `tree` without the keys whose value is `unspecified`. */
export function withoutUndecided(tree: Tree): Decided {
  const unspecified: string[] = [];
  return { tree: decided(tree, [], unspecified), unspecified };
}

function decided(tree: Tree, path: Path, unspecified: string[]): Tree {
  if (Array.isArray(tree)) return tree.map((item: Tree, position) => decided(item, [...path, position], unspecified));
  if (!isMap(tree)) return tree;
  const kept = Object.entries(tree).flatMap(([key, value]): [string, Tree][] => {
    const to = [...path, key];
    if (value !== 'unspecified') return [[key, decided(value, to, unspecified)]];
    unspecified.push(pathText(to));
    return [];
  });
  return Object.fromEntries(kept);
}

export function isMap(tree: Tree | undefined): tree is { readonly [key: string]: Tree } {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}
