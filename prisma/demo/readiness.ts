import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { keepDay, keepReadiness } from "@/lib/readiness/mutations/keep";
import { recordScore } from "@/lib/readiness/mutations/scores";
import { addTask } from "@/lib/readiness/mutations/tasks";
import { criterionOf } from "@/lib/readiness/rules/criteria";

type Answer = readonly [criterion: string, score: number, seen: string, dated: string];
type Round = { on: string; answers: readonly Answer[] };
type Told = {
  rounds: readonly Round[];
  tasks?: readonly (readonly [criterion: string, title: string, dueOn: string])[];
};

/** What was found at two looks, a quarter apart: made up, as everything in the demo is. */
const TOLD: Readonly<Record<string, Told>> = {
  "meridian-robotics": {
    rounds: [
      {
        on: "2026-08-14T08:00:00Z",
        answers: [
          ["audited-accounts", 3, "Auditor's reports 2023 to 2025, one note on inventory", "2026-05-20"],
          ["tax", 3, "Assessment 2024 settled, 2025 filed", "2026-07-01"],
          [
            "management-depth",
            3,
            "Organisation chart with deputies; retention agreements of four of five",
            "2026-06-30",
          ],
          ["processes", 3, "Quality manual, ISO 9001 audit", "2026-03-12"],
          ["founder-independence", 3, "Founder away for six weeks in the spring", "2026-05-31"],
          ["security", 3, "Penetration test, two medium findings open", "2026-04-18"],
          ["ip-title", 3, "Assignments of all employees; two contractors being checked", "2026-07-15"],
          ["change-of-control", 2, "List of 14 contracts, three need a consent", "2026-07-20"],
          ["litigation", 4, "Letter of counsel: none", "2026-07-22"],
          ["contracts", 3, "Contract register, two expired", "2026-07-20"],
          ["regulatory", 4, "CE and machinery directive files", "2026-02-10"],
          ["position", 3, "Analyst note on logistics robots, rank 3", "2026-01-30"],
          ["satisfaction", 3, "Eight references, NPS 46", "2026-06-15"],
          ["differentiation", 4, "Four granted patents", "2026-03-01"],
          ["equity-story", 2, "Teaser, second draft", "2026-08-03"],
        ],
      },
      {
        on: "2026-11-12T08:00:00Z",
        answers: [
          ["audited-accounts", 4, "Unqualified reports 2023 to 2025", "2026-10-09"],
          ["management-depth", 4, "Retention agreements of all five signed", "2026-10-28"],
          ["ip-title", 4, "Opinion of patent counsel, chain complete", "2026-11-02"],
          ["change-of-control", 3, "Two of three consents obtained", "2026-10-30"],
          ["contracts", 4, "Register complete, none expired", "2026-11-05"],
          ["tax", 4, "Assessment 2025 settled", "2026-10-21"],
          ["processes", 4, "ISO 9001 recertified", "2026-10-15"],
          ["founder-independence", 4, "Two enterprise contracts closed without the founder", "2026-10-31"],
          ["satisfaction", 4, "Twelve references, NPS 51", "2026-10-19"],
          ["equity-story", 4, "Teaser and information memorandum final, checked against the figures", "2026-11-09"],
        ],
      },
    ],
    tasks: [
      ["change-of-control", "Obtain the last consent, Hafen Logistik", "2026-12-11"],
      ["security", "Close the two findings of the penetration test", "2026-12-18"],
    ],
  },
  "brightwater-payroll": {
    rounds: [
      {
        on: "2026-08-20T08:00:00Z",
        answers: [
          ["audited-accounts", 2, "Audited for 2025 only", "2026-06-11"],
          ["tax", 3, "Returns filed to 2025", "2026-06-30"],
          ["management-depth", 1, "No deputy for the head of engineering", "2026-08-10"],
          ["processes", 2, "Payroll runbook, support handbook", "2025-09-01"],
          ["founder-independence", 1, "Enterprise sales wait for the founder", "2026-08-12"],
          ["security", 3, "SOC 2 type I", "2026-02-20"],
          ["ip-title", 0, "Agreement of the first contractor is missing", "2026-08-18"],
          ["change-of-control", 3, "None of the ten largest contracts ends", "2026-07-30"],
          ["litigation", 3, "One small claim, insured", "2026-07-30"],
          ["contracts", 2, "Signed, a third expired", "2026-08-05"],
          ["regulatory", 3, "Payroll bureau registration, transferable", "2026-04-01"],
          ["position", 2, "Fifth in its niche by customers", "2026-03-15"],
          ["satisfaction", 3, "NPS 41, six references", "2026-07-01"],
        ],
      },
    ],
    tasks: [["ip-title", "Find and sign the assignment of the first contractor", "2026-12-01"]],
  },
};

type People = { analyst: Actor };

/** Scores of two looks with their evidence, a day kept of each, and what is still to be done. */
export async function seedReadiness({ analyst }: People): Promise<void> {
  for (const [slug, told] of Object.entries(TOLD)) {
    const venture = await db.venture.findUnique({ where: { slug } });
    if (!venture || (await db.readinessScore.count({ where: { ventureId: venture.id } })) > 0) continue;
    for (const round of told.rounds) await seedRound(analyst, venture.id, round);
    const owner = await db.user.findFirst({ where: { role: "analyst" }, select: { id: true } });
    for (const [criterion, title, dueOn] of told.tasks ?? []) {
      await addTask(
        analyst,
        { ventureId: venture.id, criterion, title, dueOn, ownerId: owner?.id ?? null },
        clock.now(),
      );
    }
    await keepReadiness(venture.id, analyst.ref, clock.now());
  }
}

/** Which of the criterion's levels is meant; what it rests on is told by the evidence. */
function rationaleOf(criterion: string, score: number): string {
  const [zero, two, four] = criterionOf(criterion)?.levels ?? ["", "", ""];
  if (score === 1 || score === 3) return `Between “${score === 1 ? zero : two}” and “${score === 1 ? two : four}”`;
  return score === 0 ? zero : score === 2 ? two : four;
}

async function seedRound(analyst: Actor, ventureId: string, { on, answers }: Round): Promise<void> {
  const at = new Date(on);
  for (const [criterion, score, label, date] of answers) {
    const standing = await db.readinessScore.findFirst({ where: { ventureId, criterion, supersededAt: null } });
    const rationale = rationaleOf(criterion, score);
    const given = { ventureId, criterion, score, rationale, replaces: standing?.id.toString() ?? null };
    const outcome = await recordScore(analyst, { ...given, evidence: [{ kind: "note", ref: "", label, date }] }, at);
    if (!outcome.ok) throw new Error(`The demo's score of ${criterion} was refused: ${outcome.refusal}`);
  }
  await keepDay(ventureId, analyst.ref, at);
}
