/** What leaves the holding when an initiative with outbound calls is approved: fixed by the memo, word for word. Pure. */

/** `tool`: a tool of an MCP server that is called; without one, a signed webhook. */
export type OutboundTarget = { endpointId: string; name: string; url: string; tool?: string | undefined };

/** How something leaves: as a signed webhook, or as a call of a tool of an MCP server. */
export const OUTBOUND_CHANNELS = ["webhook", "mcp"] as const;
export type OutboundKind = (typeof OUTBOUND_CHANNELS)[number];

export type Announced = {
  title: string;
  lever: string;
  ownerRole: string;
  metric: string;
  budgetMinor: string;
  currency: string;
  milestones: readonly { title: string; afterDays: number }[];
  reviewAfterDays: number;
  stopRule: string;
};

export const ANNOUNCED_EVENT = "initiative.approved";

/** The body as it is signed and sent. Days count from the approval. */
export function announcementBody(venture: string, action: Announced): string {
  const { title, lever, ownerRole, metric, budgetMinor, currency, milestones, reviewAfterDays, stopRule } = action;
  return JSON.stringify({
    event: ANNOUNCED_EVENT,
    venture,
    initiative: {
      ...{ title, lever, ownerRole, metric, budgetMinor, currency, reviewAfterDays, stopRule },
      milestones: milestones.map((one) => ({ title: one.title, afterDays: one.afterDays })),
    },
  });
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** What the memo says about it. */
export const announcementLine = ({ name, url, tool }: OutboundTarget): string =>
  `${tool ? `The tool “${tool}” is called, once, at` : "Sent outside, once, to"} ${name} (${hostOf(url)}): venture, title, lever, owner's role, metric, budget, milestones, review and stop rule. The exact text is shown with the option.`;

const FIRST_WAIT_LIMIT_MS = 6 * 3_600_000;
export const MOST_ATTEMPTS = 10;

/** How long to wait after the n-th failed attempt: it doubles, up to six hours. */
export const waitAfter = (attempts: number, firstMs: number): number =>
  Math.min(FIRST_WAIT_LIMIT_MS, firstMs * 2 ** Math.max(0, attempts - 1));

export type MessageFacts = {
  attempts: number;
  nextAt: Date;
  deliveredAt: Date | null;
  abandonedAt: Date | null;
};
export type MessageMove =
  | { kind: "wait"; ms: number }
  | { kind: "send" }
  | { kind: "give-up" }
  | { kind: "end"; how: "delivered" | "abandoned" };

/** What the run of one message does next. */
export function nextMessageMove(facts: MessageFacts, now: Date): MessageMove {
  if (facts.deliveredAt) return { kind: "end", how: "delivered" };
  if (facts.abandonedAt) return { kind: "end", how: "abandoned" };
  if (facts.attempts >= MOST_ATTEMPTS) return { kind: "give-up" };
  const ms = facts.nextAt.getTime() - now.getTime();
  return ms > 0 ? { kind: "wait", ms } : { kind: "send" };
}
