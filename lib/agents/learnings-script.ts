import { z } from "zod";
import { isQuotable } from "./grounding";
import type { Finding, Script } from "./growth-script";

/** How the built-in analyst takes up what earlier exits taught: it is asked for first, and cited by id and source. Pure. */

export const LEARNINGS = "governance.learnings";

const heldSchema = z.object({
  result: z.object({
    learnings: z.array(
      z.object({ name: z.string(), title: z.string(), confidence: z.enum(["low", "medium", "high"]) }),
    ),
  }),
});
type Held = z.infer<typeof heldSchema>["result"]["learnings"];
const MOST_CITED = 3;

const cited = ({ name, title }: Held[number]): string =>
  isQuotable(title) ? `[[name:${name}]] from [[name:${title}]]` : `[[name:${name}]]`;

function heldOf(finding: Finding): Held {
  return (heldSchema.safeParse(finding.data).data?.result.learnings ?? []).slice(0, MOST_CITED);
}

const HEADING = "## What earlier exits taught\n\n";
const line = (learning: Held[number]): string =>
  `- ${cited(learning)} bears on this; confidence in it is ${learning.confidence}.\n`;

/** The same script for a venture of which evidence from earlier exits is held; without any it is the script itself. */
export function withLearnings(script: Script): Script {
  return (header, findings) => {
    if (!header.learnings) return script(header, findings);
    const found = findings.find(({ tool }) => tool === LEARNINGS);
    const { venture, agent } = header;
    if (!found)
      return {
        say: "Evidence from earlier exits is held, so that is read before all else.\n",
        tool: LEARNINGS,
        input: { venture, topic: agent },
      };
    const held = heldOf(found);
    const move = script(header, findings);
    if (held.length === 0) return move;
    if (move.tool === null) return { ...move, say: `${move.say}\n${HEADING}${held.map(line).join("")}` };
    const { why } = move.input;
    if (!Array.isArray(why)) return move;
    const evidence = `What earlier exits taught bears on it: ${held.map(cited).join(", ")}.`;
    return { ...move, input: { ...move.input, why: [...why, evidence] } };
  };
}
