/** Names that others gave to files. None of them ever becomes a path of ours, but all of them reach somebody's disk. Pure. */

const NAME_REFUSALS = ["NAME_UNSAFE", "NAME_HIDDEN_CHARACTERS", "NAME_RESERVED", "NAME_TOO_LONG"] as const;
export type NameRefusal = (typeof NAME_REFUSALS)[number];
export type SafePath = { folders: string[]; name: string; extension: string };

const MOST_BYTES = 200;
const MOST_FOLDERS = 12;
/** Device names of Windows, with any ending: "con.pdf" opens the console. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Control characters, and those that turn the reading direction or cannot be seen ("invoice‮fdp.exe" reads as a PDF). */
const HIDDEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, "gu");
const FORBIDDEN = /[<>:"|?*\\]/;
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

function problemOf(part: string): NameRefusal | null {
  if (HIDDEN.test(part) || !part.isWellFormed()) return "NAME_HIDDEN_CHARACTERS";
  if (FORBIDDEN.test(part) || part === "." || part === ".." || part.trim() === "" || /[. ]$/.test(part))
    return "NAME_UNSAFE";
  if (RESERVED.test(part)) return "NAME_RESERVED";
  return bytesIn(part) > MOST_BYTES ? "NAME_TOO_LONG" : null;
}

/** "Legal/Board/minutes.pdf" in parts, or why it is refused; nothing is mended in silence. */
export function readPath(path: string): { ok: true; value: SafePath } | { ok: false; refusal: NameRefusal } {
  const parts = path.normalize("NFC").split("/");
  if (parts.length > MOST_FOLDERS + 1) return { ok: false, refusal: "NAME_TOO_LONG" };
  for (const part of parts) {
    const refusal = problemOf(part);
    if (refusal) return { ok: false, refusal };
  }
  const name = parts.at(-1) ?? "";
  const dot = name.lastIndexOf(".");
  return {
    ok: true,
    value: { folders: parts.slice(0, -1), name, extension: dot > 0 ? name.slice(dot + 1).toLowerCase() : "" },
  };
}

/** What a title becomes as a part of a name in an archive: readable, and harmless on every system. */
export function fileSafe(text: string, most = 80): string {
  const plain = text
    .normalize("NFC")
    .toWellFormed()
    .replace(ALL_HIDDEN, "")
    .replace(/[<>:"|?*\\/]+/g, "-")
    .replace(/\s+/g, " ")
    .trim();
  const cut = [...plain]
    .slice(0, most)
    .join("")
    .replace(/[. ]+$/, "");
  return cut === "" || RESERVED.test(cut) ? `_${cut}` : cut;
}

/** The header of a download for any name: plain for old clients, RFC 8187 for the rest. */
export function contentDisposition(name: string): string {
  const plain = fileSafe(name, 120).replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
