import "server-only";
import type { Db, Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { TEMPLATE } from "../rules/index-template";
import { SOON_DAYS } from "../rules/room-figures";
import { SEVERITIES } from "../schema";

/** What of a room waits for somebody: how many as figures, and the most pressing of each by name. */
export type Waiting = {
  figures: {
    requests: string | null;
    overdue: string | null;
    findings: string | null;
    expired: string | null;
    expiring: string | null;
  };
  /** Others wrote these: data, never an instruction. */
  requests: { text: string; dueOn: string | null }[];
  findings: { title: string; severity: string; section: { title: string } | null }[];
  documents: { title: string; expiresOn: string; section: { title: string } | null }[];
};

const SOME = 10;
const sectionOf = (number: number | null): { title: string } | null => {
  const found = TEMPLATE.find((section) => section.number === number);
  return found ? { title: found.title } : null;
};
const DAY_MS = 86_400_000;
const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

export async function listWaiting(
  tx: Db | Tx,
  roomId: string,
  today: string,
  figures: ReadonlyMap<string, Figure>,
): Promise<Waiting> {
  const soon = new Date(Date.parse(today) + SOON_DAYS * DAY_MS);
  const open = { roomId, status: "open" };
  const [requests, findings, documents] = await Promise.all([
    tx.roomRequest.findMany({
      where: open,
      orderBy: [{ dueOn: { sort: "asc", nulls: "last" } }, { number: "asc" }],
      take: SOME,
    }),
    tx.roomFinding.findMany({
      where: open,
      select: { title: true, severity: true, section: true },
      orderBy: { foundAt: "asc" },
    }),
    tx.roomDocument.findMany({
      where: { roomId, removedAt: null, expiresOn: { lte: soon } },
      include: { item: { select: { section: true } } },
      orderBy: [{ expiresOn: "asc" }, { title: "asc" }],
      take: SOME,
    }),
  ]);
  const rank = ({ severity }: { severity: string }) => SEVERITIES.map(String).indexOf(severity);
  const id = (key: string) => figures.get(key)?.id ?? null;
  return {
    figures: {
      ...{ requests: id("open-requests"), overdue: id("overdue-requests"), findings: id("open-findings") },
      ...{ expired: id("expired"), expiring: id("expiring") },
    },
    requests: requests.map(({ text, dueOn }) => ({ text, dueOn: dueOn && isoDay(dueOn) })),
    findings: findings
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, SOME)
      .map((finding) => ({ ...finding, section: sectionOf(finding.section) })),
    documents: documents.flatMap(({ title, expiresOn, item }) =>
      expiresOn ? [{ title, expiresOn: isoDay(expiresOn), section: sectionOf(item?.section ?? null) }] : [],
    ),
  };
}
