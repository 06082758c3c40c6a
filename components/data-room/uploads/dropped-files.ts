export type Picked = { path: string; file: File };

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
const batchOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

/** Leftovers of the person's own computer, which nobody means to send. */
const isLitter = (name: string): boolean =>
  name.startsWith(".") || name === "Thumbs.db" || name === "desktop.ini" || name.startsWith("~$");

async function walk(entry: FileSystemEntry, folder: string, found: Picked[], most: number): Promise<void> {
  if (isLitter(entry.name) || found.length > most) return;
  if (entry.isFile) {
    found.push({ path: `${folder}${entry.name}`, file: await fileOf(entry as FileSystemFileEntry) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a hundred at a time.
  for (let batch = await batchOf(reader); batch.length > 0; batch = await batchOf(reader)) {
    for (const inner of batch) await walk(inner, `${folder}${entry.name}/`, found, most);
  }
}

/** Files and folders that were dropped, with the folders that they lie in; one more than `most` says that it was too many. */
export async function droppedFiles(items: DataTransferItemList, most: number): Promise<Picked[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: Picked[] = [];
  for (const entry of entries) await walk(entry, "", found, most);
  return found;
}

export const chosenFiles = (files: FileList): Picked[] =>
  [...files]
    .filter(({ name }) => !isLitter(name))
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }));
