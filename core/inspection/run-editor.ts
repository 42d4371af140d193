/**
 * Changes to the lists of a run. Lists made by one editor are its own and change in place, so that a batch of events costs what its
 * events cost; a list of an earlier run is copied before its first change, so every earlier run stays as it was.
 */
export class RunEditor {
  readonly #own = new WeakMap<object, Places>();

  append<Item>(items: readonly Item[], item: Item): readonly Item[] {
    const own = this.#owned(items);
    own.push(item);
    return own;
  }

  /** Changes the last item of that key; the same list where there is none. What happens now was begun of late. */
  change<Item>(items: readonly Item[], keyOf: KeyOf<Item>, key: Key, change: (item: Item) => Item): readonly Item[] {
    const index = this.find(items, keyOf, key);
    if (index === -1) return items;
    const own = this.#owned(items);
    own[index] = change(own[index] as Item);
    return own;
  }

  /** Index of the last item of that key, or -1. Keys of items must not change. */
  find<Item>(items: readonly Item[], keyOf: KeyOf<Item>, key: Key): number {
    const places = this.#own.get(items);
    if (places === undefined) return items.findLastIndex((item) => keyOf(item) === key);
    for (; places.seen < items.length; places.seen += 1) places.last.set(keyOf(items[places.seen] as Item), places.seen);
    return places.last.get(key) ?? -1;
  }

  #owned<Item>(items: readonly Item[]): Item[] {
    if (this.#own.has(items)) return items as Item[];
    const own = items.slice();
    this.#own.set(own, { last: new Map(), seen: 0 });
    return own;
  }
}

type Key = string | number;
type KeyOf<Item> = (item: Item) => Key;

/** Where the last item of each key is, among those seen so far. */
interface Places {
  readonly last: Map<Key, number>;
  seen: number;
}
