import { z } from "zod";
import { defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { seenVenture } from "@/lib/deals/tools";
import { ok } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Goal } from "../rules/split/goal-seek";
import { splitPart } from "../rules/split/split-figures";
import { offerChoiceSchema, priceInput, REACHES } from "../schema/split";

const input = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  amount: priceInput.describe("What is to be received, in plain units of the venture's currency"),
  who: z.string().max(200).default("group").describe('"group", or the name or id of a holder of the cap table'),
  reach: z.enum(REACHES).default("all").describe("At closing, or if escrow, holdback, note and earn-outs are all paid"),
  offer: offerChoiceSchema
    .optional()
    .describe(
      "The version of an offer whose other terms stand; null for a price for all shares; left out: the agreed or first one",
    ),
});
const figureId = z.string().nullable();
const output = z.object({
  ...{ venture: z.string(), terms: z.string(), currency: z.string(), who: z.string() },
  answer: z.enum(["one", "range", "above", "below", "unknown"]),
  figures: z.object({ price: figureId, from: figureId, to: figureId, most: figureId, least: figureId }),
  reason: z.string().nullable().describe("Why it is not known"),
});
const NOTHING: Goal = { kind: "unknown", reason: "no-offer" };

/** The holder whom a caller names; null where nobody is called so, or more than one. */
function holderOf(who: string, holders: readonly { id: string; name: string }[]): string | null {
  if (who === "group" || holders.some(({ id }) => id === who)) return who;
  const named = holders.filter(({ name }) => name.toLowerCase() === who.trim().toLowerCase());
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

const priceForTool = defineTool({
  name: "distribution.price-for",
  description:
    "What headline price brings the group, or one holder, an amount: all other terms of an offer standing, through bridge, carve-out, preferences and conversion. One price, a stretch of prices, or the most (least) that any price brings.",
  input,
  output,
  effect: "read",
  pure: false,
  reads: ["deal-terms", "cap-table"],
  writes: [],
  run: async ({ venture: given, amount, who, reach, offer }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getPriceFor } = await import("../queries/waterfall");
    const read = (holder: string) => {
      const goal = { goal: amount, reach, who: holder };
      const terms = { offer: offer ?? null, plain: offer === null, price: "", goal };
      return getPriceFor(seen.value.actor, seen.value.id, terms, call.now);
    };
    const first = await read(who);
    const holder = holderOf(who, first.holders);
    if (holder === null) return invalid("who", '"group", or the name of one holder of the cap table');
    const { terms, currency, holders, goal, figures } = holder === who ? first : await read(holder);
    const found = goal ?? NOTHING;
    const quoted = figures.filter((figure) => splitPart(figure).startsWith("goal."));
    const idOf = (part: string) => quoted.find((figure) => splitPart(figure) === `goal.${part}`)?.id ?? null;
    return ok({
      result: {
        ...{ venture: seen.value.name, terms: terms ?? "a price for all shares, nothing taken off", currency },
        ...{ who: holders.find(({ id }) => id === holder)?.name ?? holder, answer: found.kind },
        figures: { price: idOf("price"), from: idOf("from"), to: idOf("to"), most: idOf("most"), least: idOf("least") },
        reason: found.kind === "unknown" ? found.reason : null,
      },
      figures: quoted.flatMap((figure) => neededBy(figure, figures)),
      conventions: {
        price: "exact place on the straight pieces of what is received, then half up to the minor unit of the price",
        reach:
          reach === "closing"
            ? "what is paid at closing, before tax"
            : "closing, escrow, holdback, note and earn-outs at their most",
      },
    });
  },
});

export const goalSeekTools: readonly Tool[] = [priceForTool] as unknown as Tool[];
