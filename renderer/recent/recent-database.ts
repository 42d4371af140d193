/** IndexedDB: one store of records by `id`. Where the browser has none, or refuses, nothing is kept. */
const NAME = 'danescope';
const STORE = 'recent-runs';

export const readRecords = (): Promise<readonly unknown[]> => asked<unknown[]>('readonly', (store) => store.getAll(), []);

export const readRecord = (id: string): Promise<unknown> => asked<unknown>('readonly', (store) => store.get(id), null);

/** @returns whether it was kept */
export async function putRecord(record: { readonly id: string }): Promise<boolean> {
  return (await asked<unknown>('readwrite', (store) => store.put(record), null)) !== null;
}

export async function deleteRecord(id: string): Promise<void> {
  await asked('readwrite', (store) => store.delete(id), null);
}

async function asked<Answer>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest, otherwise: Answer): Promise<Answer> {
  if (typeof indexedDB === 'undefined') return otherwise;
  try {
    const database = await answered<IDBDatabase>(opening());
    const transaction = database.transaction(STORE, mode);
    // A full disk may say so only when all of it is to be written.
    const [answer] = await Promise.all([answered<Answer>(ask(transaction.objectStore(STORE))), completed(transaction)]);
    database.close();
    return answer;
  } catch (error) {
    // A private window or a full disk keeps nothing; the runs on the screen are not touched.
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
}

function opening(): IDBOpenDBRequest {
  const request = indexedDB.open(NAME, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'id' }));
  return request;
}

const completed = (transaction: IDBTransaction): Promise<void> => new Promise((resolve, reject) => {
  transaction.addEventListener('complete', () => resolve());
  transaction.addEventListener('abort', () => reject(transaction.error ?? new DOMException('the database gave no reason')));
});

const answered = <Answer>(request: IDBRequest): Promise<Answer> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result as Answer));
  request.addEventListener('error', () => reject(request.error ?? new DOMException('the database gave no reason')));
});
