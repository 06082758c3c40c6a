import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import type { TaskHeader } from "./agent";
import { isQuotable } from "./grounding";
import type { Finding, NextMove, Script } from "./growth-script";
import { withLearnings } from "./learnings-script";

/** How the built-in analyst does the tasks of the Value Realization Manager. Pure: the conversation decides. */

const figureSchema = z.object({ id: z.string(), label: z.string(), value: z.string().nullable() });
type Seen = z.infer<typeof figureSchema>;
const answerSchema = z.object({ ok: z.literal(true), result: z.unknown(), figures: z.array(figureSchema) });

const dealsSchema = z.object({
  open: z.boolean(),
  exclusive: z.object({ name: z.string(), until: z.string() }).nullable(),
  bidders: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), stage: z.string(), preferred: z.boolean(), owner: z.string().nullable() },
      ...{ nextOn: z.string().nullable(), overdue: z.boolean(), sinceOn: z.string().nullable(), offers: z.boolean() },
      ...{ nextStep: z.string(), next: z.array(z.object({ stage: z.string(), missing: z.array(z.string()) })) },
    }),
  ),
});
const id = z.string().nullable();
const labels = z.array(z.object({ label: z.string() })).transform((all) => all.map(({ label }) => label));
const offersSchema = z.object({
  offers: z.array(
    z.object({
      ...{ offerId: z.string(), bidderId: z.string(), name: z.string(), kind: z.string(), inPlay: z.boolean() },
      ...{ headline: id, open: z.array(z.string()), financing: z.string().nullable(), reason: z.string().nullable() },
      group: z.object({ atClosing: id, laterExpected: id, total: id, riskAdjusted: id }),
      converts: z.object({ atClosing: labels, ifAllIsPaid: labels }),
      conditions: z.array(z.string()),
    }),
  ),
});
const positionsSchema = z.object({
  negotiations: z.array(
    z.object({
      ...{ bidderId: z.string(), name: z.string(), zone: z.enum(["open", "none", "unknown"]) },
      ...{ acceptable: z.boolean().nullable(), counter: z.enum(["none", "draft", "cleared", "sent"]) },
      mayCounter: z.boolean(),
      figures: z.object({ reservation: id, reservationPrice: id, counter: id, counterChange: id }),
      issues: z.array(z.object({ title: z.string(), state: z.string(), owned: z.boolean(), worth: id, fallback: id })),
    }),
  ),
});
const documentsSchema = z.object({
  documents: z.array(z.object({ kind: z.string(), bidderId: z.string(), state: z.string(), complete: z.boolean() })),
});
const closingsSchema = z.object({
  closings: z.array(
    z.object({
      ...{ bidderId: z.string(), name: z.string(), targetOn: z.string().nullable(), earliestOn: z.string().nullable() },
      figures: z.record(z.string(), id),
      ...{ conditions: labels, overdue: labels, unknown: labels },
      ...{ filing: z.enum(["applies", "does-not", "unknown"]), ready: z.boolean(), released: z.boolean() },
    }),
  ),
});
const proposedSchema = z.object({ outcome: z.enum(["ask", "execute"]) });

type Deals = z.infer<typeof dealsSchema>;
type Offer = z.infer<typeof offersSchema>["offers"][number];
type Position = z.infer<typeof positionsSchema>["negotiations"][number];
type Closing = z.infer<typeof closingsSchema>["closings"][number];
export type Heard = {
  deals: Deals | null;
  offers: Offer[];
  positions: Position[];
  documents: z.infer<typeof documentsSchema>["documents"];
  closings: Closing[];
  figure: (id: string | null) => Seen | null;
};

const LIST = "deals.list";
const COMPARE = "deals.compare-offers";
const POSITIONS = "deals.negotiation";
const PROPOSE = "deals.propose-preferred";
const COUNTER = "deals.propose-counter";
const DOCUMENTS = "documents.list";
const LETTER = "documents.draft-counter";
const CLOSING = "closing.status";
const RELEASE = "closing.propose-release";

function heard(findings: readonly Finding[]): Heard {
  const answers = new Map(findings.map(({ tool, data }) => [tool, answerSchema.safeParse(data).data ?? null]));
  const figures = new Map(
    [COMPARE, POSITIONS, CLOSING]
      .flatMap((tool) => answers.get(tool)?.figures ?? [])
      .map((figure) => [figure.id, figure]),
  );
  const compared = offersSchema.safeParse(answers.get(COMPARE)?.result).data?.offers ?? [];
  return {
    deals: dealsSchema.safeParse(answers.get(LIST)?.result).data ?? null,
    offers: compared.filter(({ kind, inPlay }) => kind === "bid" && inPlay),
    positions: positionsSchema.safeParse(answers.get(POSITIONS)?.result).data?.negotiations ?? [],
    documents: documentsSchema.safeParse(answers.get(DOCUMENTS)?.result).data?.documents ?? [],
    closings: closingsSchema.safeParse(answers.get(CLOSING)?.result).data?.closings ?? [],
    figure: (of) => {
      const found = of ? figures.get(of) : undefined;
      return found && found.value !== null ? found : null;
    },
  };
}

/** The first whose worth is known, unless its bidder is the one already. */
function toPropose({ deals, offers }: Heard): Offer | null {
  const best = offers.find(({ group }) => group.riskAdjusted !== null);
  const bidder = deals?.bidders.find((one) => one.id === best?.bidderId);
  return best && bidder && !bidder.preferred ? best : null;
}

/** Of those whose positions come to a counter that was not made yet the one whose offer is worth most. */
function toCounter({ offers, positions }: Heard): Position | null {
  const places = offers.map(({ bidderId }) => bidderId);
  const open = positions.filter(({ mayCounter }) => mayCounter);
  return open.toSorted((a, b) => places.indexOf(a.bidderId) - places.indexOf(b.bidderId))[0] ?? null;
}

/** A bidder to whom a counter of ours stands as terms, and not yet as a letter. */
const toWrite = ({ positions, documents }: Heard): Position | null =>
  positions.find(
    ({ bidderId, counter }) =>
      (counter === "draft" || counter === "cleared") &&
      !documents.some((one) => one.kind === "counter-offer" && one.bidderId === bidderId),
  ) ?? null;

const toRelease = ({ closings }: Heard): Closing | null =>
  closings.find(({ ready, released }) => ready && !released) ?? null;

function review({ venture }: TaskHeader, findings: readonly Finding[]): NextMove {
  const found = (tool: string) => findings.find((finding) => finding.tool === tool);
  if (!found(LIST)) return { say: "First, where the sale stands.\n", tool: LIST, input: { venture } };
  if (!found(COMPARE)) return { say: "Now what each offer brings the group.\n", tool: COMPARE, input: { venture } };
  if (!found(POSITIONS)) return { say: "Now our own positions.\n", tool: POSITIONS, input: { venture } };
  const all = heard(findings);
  const best = toPropose(all);
  if (best && !found(PROPOSE)) {
    const input = { venture, offerId: best.offerId };
    return { say: "One offer comes first, so the chairman is asked about it.\n", tool: PROPOSE, input };
  }
  const countered = toCounter(all);
  if (countered && !found(COUNTER)) {
    const input = { venture, bidderId: countered.bidderId };
    return {
      say: "Our positions come to a counter, so the chairman is asked whether it may go.\n",
      tool: COUNTER,
      input,
    };
  }
  if (!found(DOCUMENTS)) return { say: "Now the papers.\n", tool: DOCUMENTS, input: { venture } };
  const unwritten = toWrite(all);
  if (unwritten && !found(LETTER)) {
    const input = { venture, bidderId: unwritten.bidderId };
    return { say: "Our counter stands as terms, so the chairman is asked about the letter.\n", tool: LETTER, input };
  }
  if (!found(CLOSING)) return { say: "Now what closing still waits for.\n", tool: CLOSING, input: { venture } };
  const ready = toRelease(all);
  if (ready && !found(RELEASE)) {
    const input = { venture, bidderId: ready.bidderId };
    return { say: "A closing is complete, so the chairman is asked for the signatures.\n", tool: RELEASE, input };
  }
  const told = { proposed: found(PROPOSE), counter: found(COUNTER), letter: found(LETTER), release: found(RELEASE) };
  return { say: report(all, told), tool: null };
}

const quote = (figure: Seen): string => figureReference(figure.id);
const named = (label: string): string => (isQuotable(label) ? `[[name:${label}]]` : "one bidder");
const heading = (title: string): string => `## ${title}\n\n`;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}\n`).join("");

type Told = Readonly<Record<"proposed" | "counter" | "letter" | "release", Finding | undefined>>;

function report(all: Heard, { proposed, counter, letter, release }: Told): string {
  return [
    heading("Summary") + summary(all, proposed),
    heading("Offers") + aboutOffers(all),
    heading("Who converts") + aboutConversion(all),
    heading("Negotiation") + aboutPositions(all, counter, letter),
    heading("Where each bidder stands") + aboutBidders(all),
    heading("Closing") + aboutClosings(all, release),
    heading("What to do next") + nextSteps(all),
    heading("What is missing") + missing(all),
  ].join("\n");
}

function summary(all: Heard, proposed: Finding | undefined): string {
  const { offers, figure, deals } = all;
  const best = offers.find(({ group }) => figure(group.riskAdjusted));
  const worth = figure(best?.group.riskAdjusted ?? null);
  const closing = figure(best?.group.atClosing ?? null);
  const first =
    best && worth
      ? `The offer of ${named(best.name)} is worth most to the group today: ${quote(worth)}${closing ? `, of which closing pays ${quote(closing)}` : ""}. `
      : "No offer says enough to tell what reaches the group. ";
  const exclusive = deals?.exclusive
    ? `We deal with ${named(deals.exclusive.name)} alone until ${deals.exclusive.until}. `
    : "";
  return `${first}${exclusive}${asked(all, proposed)}\n`;
}

function asked({ deals }: Heard, proposed: Finding | undefined): string {
  const preferred = deals?.bidders.find((one) => one.preferred);
  if (!proposed)
    return preferred ? `${named(preferred.name)} is negotiated with first, as approved.` : "Nothing is proposed.";
  const answer = answerSchema.safeParse(proposed.data);
  return proposedSchema.safeParse(answer.data?.result).success
    ? "The chairman is asked to negotiate with it first; nothing is promised to the bidder before that."
    : "It could not be proposed; the trace says why.";
}

function aboutOffers({ offers, figure }: Heard): string {
  const lines = offers.map(({ name, headline, group, open, financing }) => {
    const [worth, closing, later, total] = [group.riskAdjusted, group.atClosing, group.laterExpected, group.total].map(
      figure,
    );
    if (!worth || !closing)
      return `${named(name)}: ${open.length > 0 ? "terms on which money hangs are not stated" : "what reaches the group is not known"}.`;
    const price = figure(headline);
    const parts = [
      `${quote(worth)} today`,
      `${quote(closing)} at closing`,
      ...(later ? [`${quote(later)} expected later`] : []),
      ...(total ? [`${quote(total)} if all is paid`] : []),
      ...(price ? [`behind a headline of ${quote(price)}`] : []),
    ];
    return `${named(name)}: ${parts.join(", ")}${financing ? `; the financing is ${financing}` : ""}.`;
  });
  return lines.length > 0 ? list(lines) : "There is no offer yet.\n";
}

function aboutConversion({ offers }: Heard): string {
  const lines = offers.flatMap(({ name, converts: { atClosing, ifAllIsPaid }, group }) => {
    if (group.atClosing === null) return [];
    const later = ifAllIsPaid.filter((one) => !atClosing.includes(one));
    const now = atClosing.length > 0 ? atClosing.slice(0, 4).map(named).join(", ") : "no class";
    const more = later.length > 0 ? `; once all is paid also ${later.slice(0, 4).map(named).join(", ")}` : "";
    return [`At the closing of ${named(name)} ${now} converts${more}.`];
  });
  return lines.length > 0 ? list(lines) : "Who converts is not known.\n";
}

const ZONE_WORDS = {
  open: "there is room to agree",
  none: "there is no zone of agreement",
  unknown: "whether there is room to agree is not known",
} as const;
const COUNTER_WORDS = {
  none: "",
  draft: " A counter is drafted and may not be sent yet.",
  cleared: " Our counter may be sent.",
  sent: " Our counter was sent.",
} as const;

const wasProposed = (finding: Finding): boolean =>
  proposedSchema.safeParse(answerSchema.safeParse(finding.data).data?.result).success;

const FILING_WORDS = {
  applies: "a merger filing is needed by size",
  "does-not": "no merger filing is needed by size",
  unknown: "whether a merger filing is needed is not known",
} as const;

function aboutClosings({ closings, figure }: Heard, release: Finding | undefined): string {
  const lines = closings.map(
    ({ name, figures, conditions, overdue, unknown, filing, released, earliestOn, targetOn }) => {
      if (released) return `${named(name)}: the signatures are released.`;
      const [open, days] = [figure(figures["open-conditions"] ?? null), figure(figures.days ?? null)];
      const parts = [
        open
          ? `${quote(open)} open conditions${conditions[0] ? `, first ${named(conditions[0])}` : ""}`
          : "no condition is known",
        days && earliestOn
          ? `the earliest closing is ${earliestOn}, in ${quote(days)}`
          : "the earliest closing is not known",
        ...(targetOn ? [`expected on ${targetOn}`] : []),
        ...(overdue.length > 0 ? [`overdue: ${overdue.slice(0, 4).map(named).join(", ")}`] : []),
        ...(unknown.length > 0 ? [`without days: ${unknown.slice(0, 4).map(named).join(", ")}`] : []),
        FILING_WORDS[filing],
      ];
      return `${named(name)}: ${parts.join("; ")}.`;
    },
  );
  const asked = release
    ? wasProposed(release)
      ? "The chairman is asked to release the signatures; none takes effect before that.\n"
      : "The release could not be proposed; the trace says why.\n"
    : "";
  return lines.length > 0 ? `${list(lines)}${asked ? `\n${asked}` : ""}` : "No closing has begun.\n";
}

function aboutPositions(
  { positions, figure }: Heard,
  counter: Finding | undefined,
  letter: Finding | undefined,
): string {
  const lines = positions.map(({ name, zone, acceptable, figures, issues, counter: made }) => {
    const [reservation, price, change] = [figures.reservation, figures.reservationPrice, figures.counterChange].map(
      figure,
    );
    const enough = acceptable === null ? "" : acceptable ? "; the offer is enough" : "; the offer is not enough";
    const stands = reservation
      ? `our reservation value is ${quote(reservation)}${enough}`
      : "our reservation value is not known";
    const at = price ? `, which a headline of ${quote(price)} would bring` : "";
    const open = issues.some(({ state }) => state === "open");
    const gain = open && change ? ` Our positions together change it by ${quote(change)}.` : "";
    return `${named(name)}: ${stands}${at}, and ${ZONE_WORDS[zone]}.${gain}${COUNTER_WORDS[made]}`;
  });
  const written = letter
    ? wasProposed(letter)
      ? "The chairman is asked about our counter as a letter; what it still misses is marked in it.\n"
      : "The letter could not be proposed; the trace says why.\n"
    : "";
  const asked = counter
    ? wasProposed(counter)
      ? "The chairman is asked whether our counter may be sent; nothing leaves before that.\n"
      : "The counter could not be proposed; the trace says why.\n"
    : "";
  const told = `${asked}${written}`;
  return lines.length > 0 ? `${list(lines)}${told ? `\n${told}` : ""}` : "No position is kept yet.\n";
}

function aboutBidders({ deals }: Heard): string {
  const lines = (deals?.bidders ?? []).map(({ name, stage, owner, sinceOn, offers }) => {
    const since = sinceOn ? ` since ${sinceOn}` : "";
    return `${named(name)}: ${stage.toLowerCase() === "loi" ? "LOI" : stage.toLowerCase()}${since}${owner ? "" : ", without an owner"}${offers ? "" : ", without an offer"}.`;
  });
  return lines.length > 0 ? list(lines) : "Nobody bids yet.\n";
}

function nextSteps({ deals, offers }: Heard): string {
  const overdue = (deals?.bidders ?? [])
    .filter((one) => one.overdue)
    .map(({ name, nextOn }) => `The next step with ${named(name)} was due on ${nextOn}.`);
  const questions = offers
    .filter(({ open }) => open.length > 0)
    .map(
      ({ name, open }) =>
        `Ask ${named(name)} for: ${open
          .slice(0, 6)
          .map((term) => term.toLowerCase())
          .join(", ")}.`,
    );
  const stages = (deals?.bidders ?? []).flatMap(({ name, next }) => {
    const [first] = next;
    return first && first.missing.length > 0 && first.stage !== "Fallen through"
      ? [
          `Before the next stage with ${named(name)}: ${first.missing
            .slice(0, 6)
            .map((one) => one.toLowerCase())
            .join(", ")}.`,
        ]
      : [];
  });
  const lines = [...overdue, ...questions, ...stages].filter((line) => !/[“”]/.test(line));
  return lines.length > 0 ? list(lines) : "Nothing that the stored facts name.\n";
}

function missing({ deals, offers }: Heard): string {
  const silent = offers
    .filter(({ open }) => open.length > 0)
    .map(({ name }) => `Terms of the offer of ${named(name)}.`);
  const group = offers.some(({ reason }) => reason === "no-group-holder")
    ? ["Which holders of the cap table are the group's own."]
    : [];
  const none = (deals?.bidders ?? []).filter((one) => !one.offers).map(({ name }) => `An offer of ${named(name)}.`);
  const lines = [...silent, ...group, ...none];
  if (lines.length === 0) return "Nothing that this report asks for.\n";
  return `The data does not say, so nothing here rests on it:\n\n${list(lines)}`;
}

/** The sections of the report, for whoever answers a question with one of them. */
export const valueSections = {
  ...{ heard, offers: aboutOffers, conversion: aboutConversion, bidders: aboutBidders, nextSteps, missing },
  positions: (all: Heard) => aboutPositions(all, undefined, undefined),
  closings: (all: Heard) => aboutClosings(all, undefined),
};

export const valueScripts: Readonly<Record<string, Script>> = { "value/review": withLearnings(review) };
