import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { TOPICS } from "./schema/documents";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  topic: z.enum(TOPICS).optional().describe("Only what bears on growth, on the exit, or on realizing value"),
});

export const governanceLearnings = defineTool({
  name: "governance.learnings",
  description:
    "What exits of earlier ventures taught and the governance system sent back: evidence with id and source, the closest in sector and business model first. Cite one by its id and its source, [[name:<name>]] and [[name:<title>]]; never repeat its text.",
  input: inputSchema,
  output: z.object({
    venture: z.string(),
    learnings: z.array(
      z.object({
        name: z.string().describe("Its id: L-7"),
        title: z.string().describe("Its source"),
        text: z.string(),
        topics: z.array(z.enum(TOPICS)),
        confidence: z.enum(["low", "medium", "high"]),
        learntOn: z.string(),
      }),
    ),
  }),
  effect: "read",
  pure: false,
  // Evidence from outside the holding, no resource of the interaction matrix: open to the whole crew.
  reads: [],
  writes: [],
  run: async ({ venture: given, topic }, { actor }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { findLearnings } = await import("./queries/learnings");
    const seen = await findVentureFor(actor, given);
    const found = seen && (await findLearnings(actor, seen.id, topic ?? null));
    if (!seen || !found)
      return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that the caller may see" }]);
    const learnings = found.map(({ ref, source, statement, topics, confidence, learntOn }) => ({
      ...{ name: ref, title: source, text: statement, topics: z.array(z.enum(TOPICS)).parse(topics), learntOn },
      confidence: z.enum(["low", "medium", "high"]).parse(confidence),
    }));
    return ok({ result: { venture: seen.name, learnings } });
  },
});

export const governanceTools: readonly Tool[] = [governanceLearnings];
