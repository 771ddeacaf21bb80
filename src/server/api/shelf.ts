/**
 * Files that never change, held in memory while many ask for the same: a new clip is fetched by a whole city within
 * minutes, and reading it from disk for each costs more than sending it.
 *
 * @module
 */

/** Hands out the bytes of a file. The buffer is shared: nobody writes into it. */
export type Shelf = (path: string) => Promise<Buffer>;

export interface ShelfOptions {
  /** Reads a whole file. */
  readonly read: (path: string) => Promise<Buffer>;
  /** Bytes held at most. A larger file is read each time. */
  readonly most: number;
}

/** What was asked for least lately goes first. What cannot be read is not remembered. */
export function createShelf({ read, most }: ShelfOptions): Shelf {
  const held = new Map<string, Buffer>();
  const reading = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  const makeRoom = () => {
    for (const [path, file] of held) {
      if (bytes <= most) return;
      held.delete(path);
      bytes -= file.length;
    }
  };
  const fetch = async (path: string): Promise<Buffer> => {
    try {
      const file = await read(path);
      held.set(path, file);
      bytes += file.length;
      makeRoom();
      return file;
    } finally {
      reading.delete(path);
    }
  };

  return (path) => {
    const file = held.get(path);
    if (file === undefined) {
      const under = reading.get(path) ?? fetch(path);
      if (!held.has(path)) reading.set(path, under);
      return under;
    }
    held.delete(path);
    held.set(path, file);
    return Promise.resolve(file);
  };
}
