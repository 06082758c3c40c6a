import { SaxesParser } from "saxes";

export type XmlNode = { name: string; attributes: Readonly<Record<string, string>>; children: XmlNode[]; text: string };

export type XmlProblem = "TOO_LARGE" | "DOCUMENT_TYPE" | "NOT_WELL_FORMED" | "TOO_DEEP" | "TOO_MANY_ELEMENTS";

export class UnreadableXml extends Error {
  readonly problem: XmlProblem;
  constructor(problem: XmlProblem) {
    super(problem);
    this.problem = problem;
  }
}

const MOST = { bytes: 8_000_000, depth: 40, elements: 300_000 };

/**
 * XML as a tree, strictly: well formed, with namespaces, no document type (so no entity beyond the five, nothing outside is
 * ever fetched), and limits on size, depth and elements. Answers the root and its namespace.
 */
export function readXml(text: string): { root: XmlNode; namespace: string } {
  if (text.length > MOST.bytes) throw new UnreadableXml("TOO_LARGE");
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlNode[] = [];
  let [root, namespace, elements]: [XmlNode | null, string, number] = [null, "", 0];
  parser.on("error", () => {
    throw new UnreadableXml("NOT_WELL_FORMED");
  });
  parser.on("doctype", () => {
    throw new UnreadableXml("DOCUMENT_TYPE");
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    elements += 1;
    if (elements > MOST.elements) throw new UnreadableXml("TOO_MANY_ELEMENTS");
    if (open.length >= MOST.depth) throw new UnreadableXml("TOO_DEEP");
    const values = Object.entries(attributes).map(([name, one]) => [name, typeof one === "string" ? one : one.value]);
    const node: XmlNode = { name: local, attributes: Object.fromEntries(values), children: [], text: "" };
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    else [root, namespace] = [node, uri];
    open.push(node);
  });
  const add = (piece: string) => {
    const node = open.at(-1);
    if (node) node.text += piece;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => void open.pop());
  parser.write(text.startsWith("\ufeff") ? text.slice(1) : text).close();
  if (!root) throw new UnreadableXml("NOT_WELL_FORMED");
  return { root, namespace };
}

/** The first element below, by a path of names. */
export function at(node: XmlNode | undefined, ...path: string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((here, name) => here?.children.find((child) => child.name === name), node);
}

export const all = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];

/** The text of an element without what surrounds it; null where it is missing or empty. */
export const textAt = (node: XmlNode | undefined, ...path: string[]): string | null =>
  at(node, ...path)?.text.trim() || null;
