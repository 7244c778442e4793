// SPDX-License-Identifier: Apache-2.0
// The release room as JSON: what goes out in which format and what it cannot carry, what is left out and why, and the channels in their order.

import { formatLabel } from '../app/publisher.ts';
import { leftOut, type ReleaseRoom } from '../app/release-room.ts';

export function releaseJson(room: ReleaseRoom) {
  const { drafts, kept, channels, unmet, view } = room;
  const { approvedBy, armed } = view.state.disclosure;
  return {
    publishes_advisory: room.publishes,
    formats: drafts?.made.map(({ format, losses }) => ({ format, label: formatLabel(format), losses })) ?? null,
    left_out: leftOut(room).map((one) => ({ ...one, label: formatLabel(one.format) })),
    kept,
    channels: channels.map(({ key, channel, confirmed }) => ({ channel: key, kind: channel.kind, confirmed })),
    go: { armed, said_by: approvedBy, unmet: unmet ?? null },
  };
}
