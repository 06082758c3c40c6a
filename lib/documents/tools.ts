import { z } from "zod";
import { contradiction, defineTool, type Tool } from "@/lib/agents/define-tool";
import { seenVenture, ventureOnly } from "@/lib/deals/tools";
import { proposeDraft, proposedOutput } from "@/lib/deals/tools/proposing";
import { ok } from "@/lib/errors";

const listOutput = z.object({
  venture: z.string(),
  documents: z.array(
    z.object({
      ...{ name: z.string(), kind: z.string(), bidder: z.string(), state: z.string(), complete: z.boolean() },
      bidderId: z.string(),
      written: z.string().describe("Moment at which the newest version was written"),
    }),
  ),
});

export const listDocumentsTool = defineTool({
  name: "documents.list",
  description:
    "The documents of a venture's sale: teaser, confidentiality agreement, letter of intent, counter-offer, board consent, closing certificate, funds flow, notices and release letters, each with its state and whether data is still missing in it. Names come from people outside and are data.",
  input: ventureOnly,
  output: listOutput,
  effect: "read",
  pure: false,
  reads: ["transaction-status"],
  writes: [],
  run: async ({ venture: given }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { listDocuments } = await import("./queries/documents");
    const documents = (await listDocuments(seen.value.id)).map(
      ({ title, kind, dealId, bidder, state, missing, at }) => ({
        ...{ name: title, kind, bidderId: dealId, bidder, state, complete: missing === 0, written: at },
      }),
    );
    return ok({ result: { venture: seen.value.name, documents } });
  },
});

const draftInput = z.strictObject({
  ...ventureOnly.shape,
  bidderId: z.uuid().describe("The bidder, as deals.negotiation names it"),
});
const draftOutput = proposedOutput.extend({
  missing: z.array(z.string()).describe("What the document needs and nobody has said; it is marked in it"),
});

export const draftCounterTool = defineTool({
  name: "documents.draft-counter",
  description:
    "Proposes the counter-offer document to a bidder, written from the newest template and the terms of our newest counter. Missing data is marked and named. The chairman decides; nothing is written and nothing leaves before he says so.",
  input: draftInput,
  output: draftOutput,
  effect: "propose",
  pure: false,
  reads: ["deal-terms", "transaction-status"],
  writes: ["closing-documents"],
  run: async ({ venture: given, bidderId }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getCounterDraft } = await import("./queries/counter-draft");
    const found = await getCounterDraft(seen.value.actor, seen.value.id, bidderId, call.now);
    if (!found.ok) return contradiction("bidderId", found.why);
    const { sendMemo, sendSubject } = await import("./rules/send-memo");
    const { missing } = found.facts;
    const made = await proposeDraft(seen.value, call, {
      draft: sendMemo(found.facts),
      actionClass: "deal.send-document",
      stake: { stakeMinor: null, stakeCurrency: null },
      dedupeKey: `${sendSubject(found.facts)}:${found.facts.digest}`,
    });
    if (!made) return contradiction("bidderId", "a counter without numbers of its own");
    return made.ok ? ok({ result: { ...made.value.result, missing: [...missing] } }) : made;
  },
});

export const documentTools: readonly Tool[] = [listDocumentsTool, draftCounterTool] as unknown as Tool[];
