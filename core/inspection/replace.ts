/** Changes one element of a list and shares the others. The last match is meant: what happens now was begun of late. */
export function replaceLast<Item>(items: readonly Item[], matches: (item: Item) => boolean, change: (item: Item) => Item): readonly Item[] {
  const index = items.findLastIndex(matches);
  return index === -1 ? items : items.with(index, change(items[index] as Item));
}
