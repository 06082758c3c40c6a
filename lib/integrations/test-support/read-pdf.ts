import { inflateSync } from "node:zlib";
import { extractText, getDocumentProxy } from "unpdf";

type Node = { role?: string; type?: string; alt?: string; children?: Node[] };
export type ReadPdf = {
  pages: number;
  /** What a reader copies out of it, page after page. */
  text: string;
  /** Roles of the structure tree in the order of reading, "H1", "Table", "TH" … */
  roles: string[];
  alts: string[];
  /** What right-to-left words say in the order of reading (ActualText). */
  actual: string[];
  outline: string[];
  title: string | undefined;
  language: string | null;
};

const walk = (node: Node | null): Node[] => (node ? [node, ...(node.children ?? []).flatMap(walk)] : []);

type Item = { title: string; items: Item[] };
const titles = (items: readonly Item[]): string[] =>
  items.flatMap(({ title, items: below }) => [title, ...titles(below)]);

/** The bytes of a string object, its escapes undone (ISO 32000-1, 7.3.4.2). */
const unescaped = (text: string): string =>
  text.replace(
    /\\([nrtbf()\\])/g,
    (_, sign: string) => ({ n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" })[sign] ?? sign,
  );

function actualTexts(file: Buffer): string[] {
  const raw = file.toString("latin1");
  const streams = [...raw.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: head }) => {
    const bytes = file.subarray(index + head.length, raw.indexOf("endstream", index));
    try {
      return [inflateSync(bytes).toString("latin1")];
    } catch {
      return [];
    }
  });
  const found = streams.flatMap((stream) => [...stream.matchAll(/\/ActualText \(((?:\\.|[^\\)])*)\)/gs)]);
  return found.map(([, text = ""]) => Buffer.from(unescaped(text), "latin1").subarray(2).swap16().toString("utf16le"));
}

/** A file as another program reads it: its text, its structure, its outline. */
export async function readPdf(file: Buffer): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(file));
  const { text } = await extractText(pdf, { mergePages: true });
  // The tree of any page is that of the file; what is drawn on other pages only is without content there.
  const nodes = walk((await (await pdf.getPage(1)).getStructTree()) as Node | null);
  const { info } = await pdf.getMetadata();
  const about = info as { Title?: string; Language?: string | null };
  return {
    ...{ pages: pdf.numPages, text: text.replace(/\s+/g, " "), title: about.Title, language: about.Language ?? null },
    roles: nodes.flatMap(({ role }) => role ?? []),
    actual: actualTexts(file),
    alts: nodes.flatMap(({ alt }) => alt ?? []),
    outline: titles(((await pdf.getOutline()) ?? []) as Item[]),
  };
}
