// SPDX-License-Identifier: Apache-2.0
// Codenames: two neutral words, drawn at random, that say nothing about the flaw and so are safe in subjects and branch names.

const first =
  'amber ample april arctic aspen autumn azure birch bold brass brave brick bright broad bronze calm candid cedar chalk civil clear clever cloudy cobalt copper coral crisp curious daily dapper dawn deep dewy distant dotted dusky early eastern easy elder ember even fallow fancy fern fine flint fluent foggy frosty gentle gilded glad golden grand granite grassy green grey hardy hazel hidden hollow humble idle inland ivory jade jolly keen kind lanky late leafy level light lilac linen little lively lofty lucid lunar maple marble mellow merry mild minty misty modest mossy narrow neat noble northern oaken ochre olive opal open orderly pale paper patient pearl pine plain placid polar proud quiet rapid rosy rural rustic sandy scenic silent silver simple slate slow snowy soft solar solid southern spare spry steady still stony sunny swift tidal tidy timber tranquil upland vivid warm western wide windy winter wooden young'.split(
    ' ',
  );
const second =
  'acorn alder anchor anvil apple arbour badger bakery barley basin basket bay beacon beech bell bench bird boat bramble bridge brook cabin candle canoe canyon castle chapel cliff clock cloud clover coast compass cottage creek crow dale deer delta dove dune eagle elm falcon farm ferry field finch fjord forest fountain fox garden gate glade glen grove gull harbour hare harp hawk heath hedge heron hill holly horizon inlet island kettle kiln kite lagoon lake lantern lark lighthouse lily linnet lodge loom magpie marsh meadow mill mirror moor moth mountain oak oar orchard otter owl oyster pasture path pebble pelican pier pigeon plateau pond poplar prairie quarry quay quill rabbit raven reed reef ridge river robin rook saddle sail sparrow spring spruce stable starling stream summit swallow swan tern thicket thistle tower trail valley village walnut weaver well whale wharf willow wren'.split(
    ' ',
  );

export function codename(random: (bytes: number) => Uint8Array): string {
  return `${pick(first, random(2))}-${pick(second, random(2))}`;
}

function pick(words: readonly string[], bytes: Uint8Array): string {
  const [high = 0, low = 0] = bytes;
  return words[((high << 8) | low) % words.length] ?? '';
}
