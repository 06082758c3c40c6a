import { UnreadableTable } from "./table";

/** Just enough XML for the parts of a spreadsheet: tags, attributes, text. No entities but the five, no declarations. */
export type XmlHandler = {
  open(name: string, attributes: string, selfClosing: boolean): void;
  close(name: string): void;
  text(text: string): void;
};

const ENTITY = /&(?:#(\d+)|#x([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}

const attributePatterns = new Map<string, RegExp>();

export function attribute(attributes: string, name: string): string | null {
  let pattern = attributePatterns.get(name);
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    attributePatterns.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  return found ? unescapeXml(found[1] ?? found[2] ?? "") : null;
}

/** Feeds a handler piece by piece; what a piece cuts in half waits for the next one. */
export class XmlReader {
  private rest = "";
  private readonly handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.handler = handler;
  }

  write(piece: string): void {
    const input = this.rest + piece;
    let at = 0;
    for (;;) {
      const open = input.indexOf("<", at);
      if (open < 0) break;
      if (open > at) this.handler.text(unescapeXml(input.slice(at, open)));
      at = open;
      const after = this.tag(input, open);
      if (after < 0) break;
      at = after;
    }
    this.keep(input, at);
  }

  private keep(input: string, at: number): void {
    this.rest = input.slice(at);
    if (this.rest.length > 4 * 1024 * 1024) throw new UnreadableTable("CELL_TOO_LARGE");
  }

  /** Handles the tag at `open`; the position after it, or -1 when it is cut off. */
  private tag(input: string, open: number): number {
    const next = input.charCodeAt(open + 1);
    if (next === 0x21 /* ! */) return this.special(input, open);
    const end = input.indexOf(">", open);
    if (end < 0) return -1;
    if (next === 0x3f /* ? */) return end + 1;
    if (next === 0x2f /* / */) {
      this.handler.close(localName(input.slice(open + 2, end).trim()));
      return end + 1;
    }
    const selfClosing = input.charCodeAt(end - 1) === 0x2f;
    const body = input.slice(open + 1, selfClosing ? end - 1 : end);
    const space = body.search(/\s/);
    const name = localName(space < 0 ? body : body.slice(0, space));
    this.handler.open(name, space < 0 ? "" : body.slice(space), selfClosing);
    if (selfClosing) this.handler.close(name);
    return end + 1;
  }

  private special(input: string, open: number): number {
    if (input.startsWith("<!--", open)) {
      const end = input.indexOf("-->", open);
      return end < 0 ? -1 : end + 3;
    }
    if (input.startsWith("<![CDATA[", open)) {
      const end = input.indexOf("]]>", open);
      if (end < 0) return -1;
      this.handler.text(input.slice(open + 9, end));
      return end + 3;
    }
    if (input.length - open < 9) return -1;
    // A document type is where entity bombs live; no spreadsheet has one.
    throw new UnreadableTable("UNREADABLE_FILE");
  }
}

const localName = (name: string) => {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
};
