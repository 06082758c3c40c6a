import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { DEMO_SIGN_INS } from "@/lib/auth/demo";
import { createUser } from "@/lib/auth/mutations";
import type { Role } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { SHARED_DATA } from "@/lib/figures/schema";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { refreshAndWatch } from "@/lib/metrics/mutations";
import { adoptStage40, configureVenture, createVenture } from "@/lib/ventures/mutations";
import { seedAutonomy } from "./autonomy";
import { seedBuyers } from "./buyers";
import { seedClosing } from "./closing";
import { seedDataRooms } from "./data-rooms";
import { seedDeals } from "./deals";
import { seedExperiments } from "./experiments";
import { seedForecasts } from "./forecasts";
import { loadGrowth, seedBenchmarks } from "./growth";
import { seedGrowthCycles } from "./growth-cycles";
import { seedInitiatives } from "./initiatives";
import { loadCapTable } from "./load-cap-table";
import { seedMarket } from "./market";
import { seedMidClosing } from "./mid-closing";
import { seedPaymentStates } from "./payment-states";
import { seedPayments } from "./payments";
import { seedPlans } from "./plan";
import { buildVenture, DEMO_UNTIL, type DemoFile } from "./portfolio";
import { DEMO_RATES_UNTIL, demoRatesFile } from "./rates";
import { seedReadiness } from "./readiness";
import { seedRisks } from "./risks";
import type { VentureScript } from "./script";
import { seedSignals } from "./signals";
import { seedRealizations, seedStage } from "./stage";
import { seedStatements } from "./statements";
import { seedValuations } from "./valuation";
import { DEMO_VENTURES } from "./ventures";
import { seedWeekly } from "./weekly";

const SYSTEM = "system:demo";
const STARTED = "demo.started";
const COMPLETED = "demo.completed";

type Say = (line: string) => void;

/** Every step looks for what an earlier, cut-off run has already done. */
export async function seedDemo(say: Say, scripts: readonly VentureScript[] = DEMO_VENTURES): Promise<void> {
  const marks = await db.event.findMany({ where: { subject: "demo:portfolio" }, select: { type: true } });
  const done = (type: string) => marks.some((mark) => mark.type === type);
  if (done(COMPLETED) || (!done(STARTED) && (await db.venture.count()) > 0)) return;
  if (!done(STARTED)) await mark(STARTED);
  const people = await seedPeople();
  await seedRates(people);
  await seedBenchmarks(people.analyst);
  const waiting = [...scripts];
  let loaded = 0;
  const lane = async (): Promise<void> => {
    for (let script = waiting.shift(); script; script = waiting.shift()) {
      const rows = await seedVenture(people, script);
      loaded += 1;
      say(`Demo ${loaded}/${scripts.length}: ${script.venture.name}, ${rows} rows`);
    }
  };
  // Two at once: while the server stores one venture, the next one is made.
  await Promise.all([lane(), lane()]);
  // After all of them: an initiative is measured against the other ventures.
  await seedInitiatives(people);
  await seedExperiments(people);
  await seedValuations(people);
  await seedForecasts(people);
  await seedGrowthCycles(people);
  await seedReadiness(people);
  await seedBuyers(people);
  await seedMarket(people);
  await seedDataRooms(people);
  // After the data rooms, which readiness counts.
  await seedPlans(people);
  await seedDeals(people);
  await seedPayments(people);
  await seedPaymentStates(people);
  await seedClosing(people);
  await seedMidClosing(people);
  // After what was distributed and how it closed.
  await seedStatements(people);
  await seedStage(people);
  await seedRealizations();
  await seedAutonomy(people);
  await seedRisks(people);
  await seedSignals(people);
  await seedWeekly();
  await mark(COMPLETED);
}

const mark = (type: string): Promise<unknown> =>
  db.$transaction((tx) =>
    recordEvent(tx, {
      ventureId: null,
      type,
      actor: SYSTEM,
      subject: "demo:portfolio",
      payload: { until: DEMO_UNTIL },
      at: clock.now(),
    }),
  );

type People = { chairman: Actor; analyst: Actor };

async function seedPeople(): Promise<People> {
  for (const { email, name, role, password } of DEMO_SIGN_INS) {
    if (await db.user.findUnique({ where: { email } })) continue;
    const outcome = await createUser({ email, name, role, password, demo: true }, { ref: SYSTEM }, clock.now());
    if (!outcome.ok) throw new Error(`The demo account ${email} was refused: ${outcome.refusal}`);
  }
  return { chairman: await actorOf("chairman"), analyst: await actorOf("analyst") };
}

async function actorOf(role: Role): Promise<Actor> {
  const email = DEMO_SIGN_INS.find((person) => person.role === role)?.email ?? "";
  const { id, name } = await db.user.findUniqueOrThrow({ where: { email } });
  return mintActor({ id, ref: `user:${id}`, name, role, ventures: "all", sessionId: null, steppedUpAt: null });
}

const seedRates = ({ analyst }: People): Promise<number> =>
  load(analyst, { ventureId: SHARED_DATA, name: "Exchange rates", asOf: DEMO_RATES_UNTIL, file: demoRatesFile() });

async function seedVenture(people: People, script: VentureScript): Promise<number> {
  const demo = await buildVenture(script);
  const ventureId = await ventureFor(people, script);
  let rows = 0;
  const { asOf } = demo;
  for (const file of demo.files)
    rows += await load(people.analyst, { ventureId, name: script.venture.name, asOf, file });
  await loadCapTable(people.analyst, ventureId, demo);
  await loadGrowth(people.analyst, ventureId, demo);
  await configure(people, ventureId, script);
  await adoptStage(people, ventureId, script);
  await refreshAndWatch(ventureId, clock.now());
  return rows;
}

async function ventureFor({ chairman }: People, { venture }: VentureScript): Promise<string> {
  const known = await db.venture.findUnique({ where: { slug: venture.slug } });
  if (known) return known.id;
  const outcome = await createVenture(chairman, venture);
  if (!outcome.ok) throw new Error(`${venture.name} was refused: ${outcome.refusal}`);
  return outcome.value.ventureId;
}

async function configure({ chairman }: People, ventureId: string, { overrides }: VentureScript): Promise<void> {
  const { version, profile } = await db.ventureSettings.findUniqueOrThrow({ where: { ventureId } });
  if (!overrides || version > 1) return;
  const outcome = await configureVenture(chairman, { ventureId, version, profile, overrides });
  if (!outcome.ok) throw new Error(`The demo's settings were refused: ${JSON.stringify(outcome.problems)}`);
}

type Loading = { ventureId: string; name: string; asOf: string; file: DemoFile };

/** Through the same door as a person's file. */
async function load(analyst: Actor, { ventureId, name, asOf: day, file }: Loading): Promise<number> {
  const { name: fileName, kind, sourceName, bytes } = file;
  const asOf = new Date(`${day}T00:00:00Z`);
  const applied = await db.import.findFirst({
    where: { ventureId, kind, fileName, source: { name: sourceName }, status: "applied" },
  });
  if (applied) return applied.rowsTotal;
  const preview = await importFile(analyst, { ventureId, kind, fileName, bytes, sourceName, asOf }, clock.now());
  if (!preview.ok) throw new Error(`${fileName}: ${preview.refusal} ${JSON.stringify(preview.problems ?? [])}`);
  const { importId, counts } = preview.value;
  if (counts.rejected > 0) throw new Error(`${name}, ${fileName}: ${counts.rejected} rows rejected`);
  const outcome = await applyImport(analyst, importId, clock.now());
  if (!outcome.ok) throw new Error(`${fileName}: ${outcome.refusal}`);
  return counts.total;
}

async function adoptStage({ chairman }: People, ventureId: string, { stage }: VentureScript): Promise<void> {
  const { enteredOn, exitedOn, openSubstages, reason } = stage;
  if ((await db.stageRecord.count({ where: { ventureId } })) > 0) return;
  await adoptStage40(chairman, { ventureId, enteredOn, exitedOn, openSubstages, reason });
}
