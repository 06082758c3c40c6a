import { type Action, DO_NOTHING, type MemoContent } from "@/lib/decisions/schema";
import { type DocumentKind, KIND_NAMES } from "../schema";

export type SendingFacts = {
  venture: string;
  currency: string;
  bidder: string;
  title: string;
  kind: DocumentKind;
  dealId: string;
  /** Null: it is written when the memo is approved. */
  document: { id: string; version: number } | null;
  offer: { offerId: string; version: number } | null;
  digest: string;
  /** Holes that are to be filled before it can go; an agent’s proposal alone may have them. */
  missing: readonly string[];
  rationale: string;
};

/** Our counter to a bidder is one letter, whether it is written already or by the approval: one memo asks about it. */
export const sendSubject = ({ dealId, kind, document }: Pick<SendingFacts, "dealId" | "kind" | "document">): string =>
  `document:${kind === "counter-offer" || !document ? `${dealId}:${kind}` : document.id}`;

/** This document may be sent, in this version. No number is claimed. */
export function sendMemo(facts: SendingFacts): { title: string; rationale: string; content: MemoContent } {
  const { venture, currency, bidder, kind, dealId, document, offer, digest, missing, rationale } = facts;
  const what = KIND_NAMES[kind].toLowerCase();
  const title = `${KIND_NAMES[kind]} of ${venture} to ${bidder}`.slice(0, 160);
  const action: Action = {
    ...{ type: "deal.send-document", lever: sendSubject(facts).slice(0, 120), title, budgetMinor: "0", currency },
    ...{ budgetFigure: null, baselineFigure: null, targetFigure: null, targetValue: null },
    ...{ dealId, documentId: document?.id ?? null, documentVersion: document?.version ?? null, kind, digest },
    ...{ offerId: offer?.offerId ?? null, offerVersion: offer?.version ?? null },
  };
  const recommendation = document
    ? `Send the ${what} to ${bidder}, word for word as it is stored, and nothing else.`
    : `Write the ${what} to ${bidder} from the terms of our counter.`;
  const holes = missing.length > 0 ? `Still missing: ${missing.join(", ")}.` : "";
  return {
    title,
    rationale: recommendation,
    content: {
      ...{ recommendation, recommendedOption: "send", dissent: [], quotes: [], why: [rationale] },
      options: [
        {
          ...{ id: "send", title: document ? "Let it be sent" : "Let it be written", consequences: [], action },
          text: holes.slice(0, 1_200),
        },
        { id: DO_NOTHING, title: "Send nothing", text: "The document stays a draft.", consequences: [], action: null },
      ],
      evidence: { figures: [], artefactId: null },
      reversibility: "The permission can be taken back until it is used; what was sent stays sent.",
      onApproval: [
        document
          ? `Sent outside: an analyst may send this version to ${bidder}, and records when.`.slice(0, 400)
          : "The document is written from the newest template. It may be sent only if nothing is missing and nothing has changed since.",
        "Counsel must have reviewed what is sent.",
      ],
    },
  };
}
