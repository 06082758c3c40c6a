import { type Action, DO_NOTHING, type MemoContent, type MemoTable } from "@/lib/decisions/schema";
import { Exact, toMinor } from "@/lib/money";
import type { AskSignature } from "../schema/deal";
import type { OfferTerms } from "../schema/terms";
import { STAGE_LABELS } from "./stages";

type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };

/** An offer as a memo tells it: by name, each number as the id of a stored figure, null where it is unknown. */
export type ToldOffer = {
  dealId: string;
  offerId: string;
  version: number;
  bidder: string;
  title: string;
  stage: string;
  figures: Readonly<Record<"price" | "atClosing" | "laterExpected" | "total" | "riskAdjusted", string | null>>;
  /** To the group today, exactly; null where it is unknown. */
  worth: string | null;
  /** Terms that nobody has stated, by label. */
  open: readonly string[];
  conditions: readonly string[];
};

export type DealMemoFacts = {
  venture: string;
  currency: string;
  processId: string;
  offers: readonly ToldOffer[];
  chosen: ToldOffer;
};

const cell = (figure: string | null) => (figure === null ? null : { figure });
const few = (parts: readonly string[], most = 6): string =>
  parts.length > most ? `${parts.slice(0, most).join(", ")} and others` : parts.join(", ");

/** Side by side what the newest offer of each bidder brings the group. */
export function offersTable(offers: readonly ToldOffer[]): MemoTable {
  const open = offers.filter((one) => one.open.length > 0);
  return {
    title: "Offers by what reaches the group",
    columns: ["Headline", "At closing", "Later, expected", "If all is paid", "Worth today"],
    rows: offers.slice(0, 20).map(({ bidder, title, figures }) => ({
      label: `${bidder}, ${title}`.slice(0, 200),
      cells: [figures.price, figures.atClosing, figures.laterExpected, figures.total, figures.riskAdjusted].map(cell),
    })),
    note:
      open.length === 0
        ? null
        : `Not stated: ${open.map(({ bidder, open: terms }) => `${bidder}: ${few(terms)}`).join("; ")}.`.slice(0, 400),
  };
}

const committing = (lever: string, title: string, currency: string) => ({
  ...{ lever, title: title.slice(0, 160), budgetMinor: "0", currency, budgetFigure: null, baselineFigure: null },
  ...{ targetFigure: null, targetValue: null },
});
const nothing = (title: string, text: string) => ({ id: DO_NOTHING, title, text, consequences: [], action: null });

const consequencesOf = ({ figures }: ToldOffer) =>
  (
    [
      ["To the group at closing", figures.atClosing],
      ["If all is paid", figures.total],
      ["Worth today", figures.riskAdjusted],
    ] as const
  ).flatMap(([label, figure]) => (figure ? [{ label, figure }] : []));

const evidenceOf = (offers: readonly ToldOffer[]): string[] => [
  ...new Set(offers.flatMap(({ figures }) => Object.values(figures)).filter((id) => id !== null)),
];

const named = ({ dealId, offerId, version }: ToldOffer) => ({ dealId, offerId, offerVersion: version });

export const preferSubject = (processId: string): string => `deal:prefer:${processId}`;

/** Negotiate with this bidder first; the others stay where they are. */
export function preferenceMemo({ venture, currency, processId, offers, chosen }: DealMemoFacts, why: string[]): Draft {
  const title = `Negotiate first with ${chosen.bidder} for ${venture}`;
  const recommendation = `Negotiate first with ${chosen.bidder} on ${chosen.title}: by what reaches the group, not by headline.`;
  const action: Action = {
    ...{ type: "deal.prefer-bidder", ...committing(preferSubject(processId), title, currency), processId },
    ...named(chosen),
  };
  const rivals = offers.filter(({ dealId }) => dealId !== chosen.dealId).map(({ bidder }) => bidder);
  return {
    ...{ title: title.slice(0, 160), rationale: recommendation },
    content: {
      ...{ recommendation: recommendation.slice(0, 1_200), recommendedOption: "prefer", why, dissent: [] },
      options: [
        {
          ...{ id: "prefer", title: `Negotiate first with ${chosen.bidder}`.slice(0, 160), action },
          text: chosen.conditions.length > 0 ? `Its conditions: ${few(chosen.conditions)}.`.slice(0, 1_200) : "",
          consequences: consequencesOf(chosen),
        },
        nothing("Keep all bidders level", "Every bidder is negotiated with alike; no order is recorded."),
      ],
      tables: [offersTable(offers)],
      evidence: { figures: evidenceOf(offers).slice(0, 60), artefactId: null },
      reversibility: "The preference can be taken back at any time; nothing is promised to the bidder by it.",
      onApproval: [
        `${chosen.bidder} is marked as the bidder to negotiate with first.`.slice(0, 400),
        rivals.length > 0 ? `Backup, in order of worth: ${few(rivals)}.`.slice(0, 400) : "There is no backup bidder.",
      ],
    },
  };
}

const SIGNED = {
  loi: {
    type: "deal.sign-loi",
    words: "the letter of intent",
    back: "The permission can be taken back until the letter is signed; what is signed binds as it says.",
  },
  "definitive-agreement": {
    type: "deal.sign-agreement",
    words: "the definitive agreement",
    back: "An agreement that is signed binds; it ends only as it says itself.",
  },
} as const;

export const signatureSubject = (dealId: string, to: AskSignature["to"]): string => `deal:sign:${to}:${dealId}`;

/** The letter of intent or the agreement may be signed, on these terms and no others. */
export function signatureMemo(
  { venture, currency, offers, chosen }: DealMemoFacts,
  { to, rationale, version, on }: { to: AskSignature["to"]; rationale: string; version: number; on: string },
): Draft {
  const { type, words, back } = SIGNED[to];
  const title = `Sign ${words} with ${chosen.bidder} for ${venture}`;
  const recommendation = `Sign ${words} with ${chosen.bidder} on the terms of ${chosen.title} and no others.`;
  const action: Action = {
    ...{ type, ...committing(signatureSubject(chosen.dealId, to), title, currency), ...named(chosen) },
    ...{ dealVersion: version, on },
  };
  return {
    ...{ title: title.slice(0, 160), rationale: recommendation },
    content: {
      ...{ recommendation: recommendation.slice(0, 1_200), recommendedOption: "sign", dissent: [], why: [rationale] },
      options: [
        {
          ...{ id: "sign", title: `Let ${words} be signed`, action, consequences: consequencesOf(chosen) },
          text: chosen.conditions.length > 0 ? `Conditions: ${few(chosen.conditions)}.`.slice(0, 1_200) : "",
        },
        nothing("Do not sign", "The deal stays in its stage; talks go on."),
      ],
      tables: [offersTable(offers)],
      evidence: { figures: evidenceOf(offers).slice(0, 60), artefactId: null },
      reversibility: back,
      onApproval: [
        `The deal with ${chosen.bidder} enters the stage ${STAGE_LABELS[to]}.`.slice(0, 400),
        to === "loi"
          ? "Exclusivity binds us from its day on: no other bidder goes beyond talks while it lasts."
          : "The sale is agreed; closing waits for its conditions.",
        "Counsel must have reviewed what is signed.",
      ],
    },
  };
}

/** One memo about our counter to a bidder, whoever asks, and whether it is drafted from our positions or typed. */
export const counterSubject = (dealId: string): string => `deal:counter:${dealId}`;

/** Our counter may be sent: these terms, to this bidder. */
export function counterMemo({ venture, currency, offers, chosen }: DealMemoFacts, rationale: string): Draft {
  const title = `Counter to ${chosen.bidder} for ${venture}`;
  const recommendation = `Send ${chosen.title} to ${chosen.bidder} as our counter.`;
  const action: Action = {
    ...{ type: "deal.send-counter", ...committing(counterSubject(chosen.dealId), title, currency) },
    ...named(chosen),
  };
  return {
    ...{ title: title.slice(0, 160), rationale: recommendation },
    content: {
      ...{ recommendation: recommendation.slice(0, 1_200), recommendedOption: "send", dissent: [], why: [rationale] },
      options: [
        { ...{ id: "send", title: "Let it be sent", text: "", action, consequences: consequencesOf(chosen) } },
        nothing("Send nothing", "The counter stays a draft."),
      ],
      tables: [offersTable(offers)],
      evidence: { figures: evidenceOf(offers).slice(0, 60), artefactId: null },
      reversibility: "The permission can be taken back until it is used; what was sent stays sent.",
      onApproval: [
        `Sent outside: an analyst may send these terms to ${chosen.bidder}, and records when.`.slice(0, 400),
      ],
    },
  };
}

/** What an agent drafted from our positions, and what it is worth; figures by id, null where unknown. */
export type DraftedCounter = {
  venture: string;
  currency: string;
  bidder: string;
  offer: { dealId: string; offerId: string; version: number; title: string };
  terms: OfferTerms;
  issues: readonly { title: string; theirs: string; ours: string; worth: string | null; fallback: string | null }[];
  figures: Readonly<Record<"offer" | "reservation" | "counter" | "counterChange", string | null>>;
  /** How much the positions together change the worth; null where it is unknown. */
  change: string | null;
};

/** What a memo weighs in the inbox: an amount to the group in minor units. */
export function stakeOf(
  amount: string | null,
  currency: string,
): { stakeMinor: string | null; stakeCurrency: string | null } {
  if (amount === null) return { stakeMinor: null, stakeCurrency: null };
  return { stakeMinor: toMinor(new Exact(amount).abs(), currency).toString(), stakeCurrency: currency };
}

const words = (text: string) => ({ text: text.slice(0, 300) || "–" });

/** The counter that our positions come to may be sent; it is recorded as ours when it is approved. */
export function draftedCounterMemo({
  venture,
  currency,
  bidder,
  offer,
  terms,
  issues,
  figures,
}: DraftedCounter): Draft {
  const title = `Counter to ${bidder} for ${venture}`;
  const recommendation = `Send ${bidder} our counter to ${offer.title}: its terms with our position on every open issue.`;
  const action: Action = {
    ...{ type: "deal.send-counter", ...committing(counterSubject(offer.dealId), title, currency), terms },
    ...{ dealId: offer.dealId, offerId: offer.offerId, offerVersion: offer.version },
  };
  const consequences = (
    [
      ["Worth with our positions", figures.counter],
      ["Change", figures.counterChange],
      ["The offer as it is", figures.offer],
      ["Our reservation value", figures.reservation],
    ] as const
  ).flatMap(([label, figure]) => (figure ? [{ label, figure }] : []));
  const table: MemoTable = {
    ...{ title: "Issues, by what each is worth alone", columns: ["Theirs", "Ours", "Worth", "At our fallback"] },
    rows: issues.slice(0, 40).map((one) => ({
      label: one.title.slice(0, 200),
      cells: [words(one.theirs), words(one.ours), cell(one.worth), cell(one.fallback)],
    })),
    note: "Each alone, all others as offered; together they are not the sum.",
  };
  const quoted = [
    ...consequences.map(({ figure }) => figure),
    ...issues.flatMap(({ worth, fallback }) => [worth, fallback]),
  ];
  return {
    ...{ title: title.slice(0, 160), rationale: recommendation },
    content: {
      ...{ recommendation: recommendation.slice(0, 1_200), recommendedOption: "send", dissent: [] },
      why: ["It asks for what is open between us, and says what each point is worth to the group."],
      options: [
        { id: "send", title: "Let it be sent", text: "", action, consequences },
        nothing("Send nothing", "Our positions stay as they are."),
      ],
      tables: [table],
      evidence: { figures: [...new Set(quoted.filter((id) => id !== null))].slice(0, 60), artefactId: null },
      reversibility: "The permission can be taken back until it is used; what was sent stays sent.",
      onApproval: [
        "The counter is recorded as ours, with its figures.",
        `Sent outside: an analyst may send these terms to ${bidder}, and records when.`.slice(0, 400),
      ],
    },
  };
}
