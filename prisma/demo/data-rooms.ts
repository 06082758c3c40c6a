import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { addFinding, settleFinding } from "@/lib/data-room/mutations/findings";
import { receiveDocument } from "@/lib/data-room/mutations/receive";
import { addRequests } from "@/lib/data-room/mutations/requests";
import { markAbsent, openRoom } from "@/lib/data-room/mutations/rooms";
import type { AddFinding } from "@/lib/data-room/schema";
import { db } from "@/lib/db";
import { textPdf } from "@/lib/integrations/documents/text-pdf";
import { keepReadiness } from "@/lib/readiness/mutations/keep";
import { MERIDIAN_ABSENT, MERIDIAN_FILES } from "./meridian-room";

type Told = {
  /** By path, as somebody would drop it; a PDF is made of the words, anything else is the words. */
  files: Readonly<Record<string, string>>;
  absent: readonly (readonly [section: number, number: number, because: string])[];
  requests: string;
  finding: Omit<AddFinding, "roomId" | "documentId">;
  /** How the finding was mitigated; left out while it is open. */
  settled?: string;
};

/** Meridian's is nearly complete, Northwind's a beginning: made up, as everything in the demo is. */
const TOLD: Readonly<Record<string, Told>> = {
  "meridian-robotics": {
    files: {
      "1 Corporate/Articles of association.pdf": "Articles of association of Meridian Robotics, as amended in 2024.",
      "3 Finance/Annual accounts 2025.pdf":
        "Annual accounts 2025. Revenue from service contracts is recognised over time.",
      "3 Finance/Auditor's report 2025.pdf": "Unqualified opinion, with one note on the counting of inventory.",
      "5 Contracts/Change-of-control clauses.pdf": "Of fourteen contracts three need a consent on a change of control.",
      "8 IP/Assignments of inventions.pdf":
        "Assignments of all staff and contractors, the last two signed in October 2026.",
      "14 Insurance/Policies in force.csv":
        "policy,insurer,limit,expires\nProduct liability,Example Mutual,10000000,2027-03-31\n",
      "Notes for the team.txt": "Ask counsel for the form of the buyer's notifications before the room opens.",
      ...MERIDIAN_FILES,
    },
    absent: MERIDIAN_ABSENT,
    requests:
      "Cover for directors after the sale\nNotifications that the deal needs\nLetters of counsel to the auditor",
    finding: {
      ...{
        section: 8,
        title: "Two contractors had not assigned their inventions",
        severity: "high",
        priceEffect: null,
      },
      detail: "Until they have, a buyer will want an indemnity for the navigation module.",
    },
    settled: "Both signed in October 2026; counsel's opinion says that the chain is complete.",
  },
  "northwind-data": {
    files: {
      "1 Corporate/Certificate of incorporation.pdf": "Certificate of incorporation of Northwind Data, Delaware.",
      "3 Finance/Annual accounts 2025.pdf": "Annual accounts 2025, with deferred revenue by quarter.",
      "6 Customers/Standard terms.pdf": "Standard terms. Either side may end the contract after twelve months.",
      "9 Security/Last penetration test.pdf": "Two medium findings, both closed.",
      "15 Debt/Search of liens.txt": "One lien of a lender that was repaid; its release is to be filed.",
    },
    absent: [],
    requests: "Churn and cohort analysis\nSearch of liens and charges",
    finding: {
      ...{ section: 15, title: "A lien of a repaid lender is still on file", severity: "low", priceEffect: "15000" },
      detail: "The release is prepared; it costs a filing and a week.",
    },
  },
};

async function* once(bytes: Uint8Array) {
  yield bytes;
}

async function seedRoom(
  analyst: Actor,
  ventureId: string,
  { files, absent, requests, finding, settled }: Told,
): Promise<void> {
  const now = clock.now();
  const opened = await openRoom(analyst, { ventureId, dealType: "share-sale" }, now);
  if (!opened.ok) throw new Error("The demo's data room was refused");
  const { roomId } = opened.value;
  for (const [path, words] of Object.entries(files)) {
    const title = path.replace(/^.*\/|\.\w+$/g, "");
    const bytes = path.endsWith(".pdf") ? await textPdf(title, "Made up for the demo.", words) : Buffer.from(words);
    const outcome = await receiveDocument(
      analyst,
      { roomId, path },
      { body: once(bytes), announced: bytes.length },
      now,
    );
    if (!outcome.ok) throw new Error(`The demo's ${path} was refused: ${outcome.refusal}`);
  }
  for (const [section, number, because] of absent) {
    const item = await db.roomItem.findUnique({ where: { roomId_section_number: { roomId, section, number } } });
    if (item && item.absentBecause === null) await markAbsent(analyst, { itemId: item.id, because }, now);
  }
  if ((await db.roomRequest.count({ where: { roomId } })) === 0) {
    await addRequests(analyst, { roomId, source: "own", dueOn: null, lines: requests }, now);
  }
  if ((await db.roomFinding.count({ where: { roomId } })) === 0) {
    await addFinding(analyst, { ...finding, roomId, documentId: null }, now);
  }
  const open = settled && (await db.roomFinding.findFirst({ where: { roomId, status: "open" } }));
  if (open) {
    const { id: findingId, version } = open;
    await settleFinding(analyst, { findingId, version, status: "mitigated", resolution: settled }, now);
  }
}

/** Two small rooms, through the doors that people use. Safe to repeat: the same bytes are one document. */
export async function seedDataRooms({ analyst }: { analyst: Actor }): Promise<void> {
  for (const [slug, told] of Object.entries(TOLD)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture) continue;
    await seedRoom(analyst, venture.id, told);
    await keepReadiness(venture.id, analyst.ref, clock.now());
  }
}
