import type { Metadata } from "next";
import { ImportHistory } from "@/components/imports/import-history";
import { UploadForm } from "@/components/imports/upload-form";
import { RateForm } from "@/components/metrics/rate-form";
import { RatePairs } from "@/components/metrics/rate-pairs";
import { RateTable } from "@/components/metrics/rate-table";
import { readerZone } from "@/components/shell/reader";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { SHARED_DATA } from "@/lib/figures/schema";
import { listImports } from "@/lib/imports/queries";
import { listRatePairs, listRates } from "@/lib/metrics/queries/rates";

export const metadata: Metadata = { title: "Exchange rates" };

const PAGE = 50;
type RatesPageProps = { searchParams: Promise<{ pair?: string; page?: string; history?: string }> };

/** The rates at which figures are converted: for all ventures, each with who published it and which file said so. */
export default async function RatesPage({ searchParams }: RatesPageProps) {
  const actor = await requirePermission("venture:read");
  const { pair = "", page: asked, history } = await searchParams;
  const [, base = null, quote = null] = /^([A-Z]{3})-([A-Z]{3})$/.exec(pair) ?? [];
  const page = Math.max(1, Math.trunc(Number(asked)) || 1);
  const filter = { base, quote, history: history === "1" };
  const seesAll = actor.ventures === "all";
  const [pairs, listed, imports, zone] = await Promise.all([
    listRatePairs(actor),
    listRates(actor, filter, { skip: (page - 1) * PAGE, take: PAGE }),
    seesAll ? listImports(actor, SHARED_DATA) : [],
    readerZone(),
  ]);
  const mayImport = isPermitted(actor.role, "data:import") && seesAll;
  return (
    <>
      <Section title="Pairs">
        <RatePairs pairs={pairs} chosen={base && quote ? `${base}-${quote}` : null} today={clock.now()} />
      </Section>
      <Section title={base && quote ? `Rates of ${base}/${quote}` : "Rates"}>
        <RateTable listed={listed} filter={filter} page={page} pageSize={PAGE} zone={zone} mayChange={mayImport} />
      </Section>
      {mayImport ? (
        <>
          <Section title="Add a rate">
            <RateForm base={base} quote={quote} />
          </Section>
          <Section title="Import a file">
            <UploadForm ventureId={SHARED_DATA} dataPath="/settings/rates" sources={[]} kinds={["rates"]} />
          </Section>
        </>
      ) : isPermitted(actor.role, "data:import") ? (
        <Notice>Rates belong to all ventures: an analyst who sees all of them can change them.</Notice>
      ) : null}
      {seesAll ? (
        <Section title="Imports">
          <ImportHistory
            ventureId={SHARED_DATA}
            imports={imports}
            dataPath="/settings/rates"
            zone={zone}
            mayImport={mayImport}
          />
        </Section>
      ) : null}
    </>
  );
}
