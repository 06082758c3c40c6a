import { z } from "zod";

const mendSchema = z.object({ refused: z.string(), reasons: z.array(z.string()) });

/** What a model is told when a sentence of its answer did not pass; the first line is for a machine. */
export const mendMessage = (sentence: string, reasons: readonly string[]): string =>
  `${JSON.stringify({ refused: sentence, reasons })}
Your answer was refused at this sentence and none of it counts: “${sentence}”
Why: ${reasons.join("; ")}.
Give the whole answer again, without this fault. Say in words what no figure says, or leave it out.`;

export function refusedSentence(text: string): string | null {
  const first = text.split("\n")[0] ?? "";
  if (!first.startsWith('{"refused":')) return null;
  const parsed = mendSchema.safeParse(JSON.parse(first));
  return parsed.success ? parsed.data.refused : null;
}
