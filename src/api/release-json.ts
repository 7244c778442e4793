// SPDX-License-Identifier: Apache-2.0
// The release room as JSON: what goes out in which format and what it cannot carry, what is left out and why, and the channels in their order.

import type { Taken } from '../app/act.ts';
import { formatLabel } from '../app/publisher.ts';
import { leftOut, type ReleaseRoom } from '../app/release-room.ts';
import { commandsFor, type FilesToSign } from '../app/sign-documents.ts';
import { waiting } from '../core/process/publication-instant.ts';

export function releaseJson(room: ReleaseRoom) {
  const { drafts, kept, channels, unmet, view } = room;
  const { approvedBy, armed } = view.state.disclosure;
  return {
    publishes_advisory: room.publishes,
    formats: drafts?.made.map(({ format, losses }) => ({ format, label: formatLabel(format), losses })) ?? null,
    left_out: leftOut(room).map((one) => ({ ...one, label: formatLabel(one.format) })),
    kept,
    signing: room.signing,
    channels: channels.map(({ key, channel, confirmed }) => ({ channel: key, kind: channel.kind, confirmed })),
    go: { armed, said_by: approvedBy, unmet: unmet ?? null },
  };
}

/** The exact bytes that wait for a signature, and how gpg makes each. */
export function toSignJson(found: FilesToSign) {
  const { codename, files } = found;
  return {
    codename,
    files: files.map(({ file, how, sha256, bytes }) => ({ file, how, sha256, base64: Buffer.from(bytes).toString('base64') })),
    commands: commandsFor(found),
  };
}

/** What became of signatures that were handed in together. */
export function signedJson({ events, state, refusedSignatures = [] }: Taken) {
  const signed = events.flatMap((event) => (event.kind === 'documents-signed' ? event.documents.map(({ file }) => file) : []));
  return { signed, refused: refusedSignatures, waiting: waiting(state) };
}
