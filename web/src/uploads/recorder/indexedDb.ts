import type { Recording, RecordingStore } from "./store";

const RECORDINGS = "recordings";
const PIECES = "pieces";

/** Recordings in the browser's own database. */
export class IndexedDbStore implements RecordingStore {
  private opened: Promise<IDBDatabase> | null = null;

  async save(recording: Recording): Promise<void> {
    await this.write([RECORDINGS], (of) => of(RECORDINGS).put(recording));
  }

  async append(id: string, index: number, piece: Blob): Promise<void> {
    await this.write([PIECES], (of) => of(PIECES).put(piece, [id, index]));
  }

  async all(): Promise<Recording[]> {
    const database = await this.database();
    const found: IDBRequest<Recording[]> = database.transaction(RECORDINGS).objectStore(RECORDINGS).getAll();
    return answer(found);
  }

  async pieces(id: string): Promise<Map<number, Blob>> {
    const store = (await this.database()).transaction(PIECES).objectStore(PIECES);
    const keys = answer(store.getAllKeys(piecesOf(id)));
    const kept: IDBRequest<Blob[]> = store.getAll(piecesOf(id));
    const blobs = await answer(kept);
    return new Map((await keys).map((key, at) => [Array.isArray(key) ? Number(key[1]) : at, blobs[at] ?? new Blob()]));
  }

  async remove(id: string): Promise<void> {
    await this.write([RECORDINGS, PIECES], (of) => {
      of(RECORDINGS).delete(id);
      of(PIECES).delete(piecesOf(id));
    });
  }

  private async write(stores: string[], change: (of: (store: string) => IDBObjectStore) => void): Promise<void> {
    // relaxed would be quicker, but a piece counts as kept only once it is on the disk
    const transaction = (await this.database()).transaction(stores, "readwrite", { durability: "strict" });
    change((store) => transaction.objectStore(store));
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  }

  private database(): Promise<IDBDatabase> {
    this.opened ??= open().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }
}

const piecesOf = (id: string) => IDBKeyRange.bound([id], [id, []]);

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("huimai", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(RECORDINGS, { keyPath: "id" });
    request.result.createObjectStore(PIECES);
  };
  return answer(request);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
