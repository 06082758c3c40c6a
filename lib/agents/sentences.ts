const LONGEST = 2_000;

/** Cuts a stream of text at the ends of sentences and lines; the pieces, in order, are the text. Pure of its input. */
export class SentenceBuffer {
  private rest = "";

  push(delta: string): string[] {
    this.rest += delta;
    const pieces: string[] = [];
    for (let end = endOfSentence(this.rest); end > 0; end = endOfSentence(this.rest)) {
      pieces.push(this.rest.slice(0, end));
      this.rest = this.rest.slice(end);
    }
    return pieces;
  }

  /** What is left when the text is over. */
  flush(): string[] {
    const last = this.rest;
    this.rest = "";
    return last ? [last] : [];
  }
}

// Not inside a reference, not after the number of a list item, and only when the next character is known.
const END = /\n|[.!?…]+["'”’»)\]*_]*[ \t]+(?=\S)/g;

function endOfSentence(text: string): number {
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const head = text.slice(0, end);
    if (head.lastIndexOf("[[") > head.lastIndexOf("]]")) continue;
    if (/(?:^|\n)\s*\d{1,3}[.)]\s+$/.test(head) && !match[0].startsWith("\n")) continue;
    if (/\b(?:e\.g|i\.e|vs|approx|no|inc|ltd|co|corp|st|dr|mr|ms)\.\s+$/i.test(head)) continue;
    return end;
  }
  if (text.length <= LONGEST) return 0;
  const space = text.lastIndexOf(" ", LONGEST);
  return space > 0 ? space + 1 : LONGEST;
}
