import { FigureList } from "@/components/figures/figure-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { formatDay } from "@/lib/format";
import type { VentureValuation } from "@/lib/valuation/queries/page";
import { METHOD_NAMES } from "@/lib/valuation/schema/venture";
import type { ComparableSort } from "./comparable-sort";
import { type ComparableFiles, ComparableTable } from "./comparable-table";
import { EquityBridge } from "./equity-bridge";
import { FootballField } from "./football-field";
import { HolderTable } from "./holder-table";
import { InputEditor } from "./input-editor";
import { MethodTable } from "./method-table";
import { SimulationTable } from "./simulation-table";
import { ValueTornado } from "./value-tornado";
import { VersionHistory } from "./version-history";
import { WriteReport } from "./write-report";

type ValuationPanelProps = {
  found: VentureValuation;
  sort: ComparableSort;
  path: string;
  mayEdit: boolean;
  files: ComparableFiles | null;
};

/** The valuation from the methods down to what the group receives, then its inputs and where they come from. */
export function ValuationPanel({ found, sort, path, mayEdit, files }: ValuationPanelProps) {
  const { version, versions, venture, inputs, context } = found;
  const editor = mayEdit ? (
    <InputEditor
      key={version}
      ventureId={venture.id}
      currency={venture.currency}
      version={version}
      kept={inputs}
      context={context}
    />
  ) : null;
  return (
    <div className="grid gap-9 *:min-w-0">
      {version === 0 ? <Nothing mayEdit={mayEdit} /> : <Standing found={found} />}
      {editor ? <Section title="Inputs">{editor}</Section> : null}
      <Section title="Comparables and precedents" aside={`aged from ${formatDay(context.asOf)}`}>
        <ComparableTable
          venture={{ id: venture.id, slug: venture.slug }}
          rows={context.comparables}
          sort={sort}
          path={path}
          mayEdit={mayEdit}
          files={files}
        />
      </Section>
      {versions.length > 0 ? (
        <Section title="Versions" aside={mayEdit ? <WriteReport venture={venture} /> : null}>
          <VersionHistory versions={versions} currency={venture.currency} />
        </Section>
      ) : null}
    </div>
  );
}

function Nothing({ mayEdit }: { mayEdit: boolean }) {
  return (
    <EmptyState title="No valuation is kept yet">
      {mayEdit
        ? "The inputs below start from the venture’s stored figures, with the house’s assumptions where nothing is stored. Use a method, check its inputs, and keep the first version."
        : "An analyst or the chairman puts the inputs in; the ranges, the bridge and the simulation appear then."}
    </EmptyState>
  );
}

function Standing({ found }: { found: VentureValuation }) {
  const { figures, methods, movedSince } = found;
  const rows = methods.flatMap(({ key, used }) => {
    const [low, central, high] = [figures[`${key}.low`], figures[`${key}.central`], figures[`${key}.high`]];
    if (!used || !low || !central || !high || central.value === null) return [];
    return [{ key, name: METHOD_NAMES[key], low, central, high }];
  });
  const [low, high] = [figures["overlap.low"], figures["overlap.high"]];
  return (
    <>
      <div className="grid gap-5 *:min-w-0">
        {movedSince ? (
          <Notice level="warning" word="moved">
            Comparables or the cap table changed since this version was kept. What stands here counts the change; keep
            it again to make it the venture’s valuation.
          </Notice>
        ) : null}
        <FigureList lines={HEADLINE} figures={found.figures} large columns="lg:grid-cols-5" />
        {low && high && rows.length > 0 ? <FootballField rows={rows} overlap={{ low, high }} /> : null}
        <MethodTable found={found} />
      </div>
      <Section title="From the enterprise to the group">
        <div className="grid gap-6 *:min-w-0">
          <EquityBridge figures={figures} />
          <HolderTable figures={figures} holders={found.holders} />
        </div>
      </Section>
      <div className="grid gap-9 lg:grid-cols-2 *:min-w-0">
        <Section title="What moves the discounted cash flow">
          <ValueTornado figures={figures} rows={found.tornado} />
        </Section>
        <Section title="Drivers together" aside="10,000 seeded draws">
          <SimulationTable figures={figures} />
        </Section>
      </div>
    </>
  );
}

const HEADLINE = [
  { part: "equity", name: "Equity value, central" },
  { part: "equity.low", name: "Equity value, low" },
  { part: "equity.high", name: "Equity value, high" },
  { part: "per_share", name: "Per common share" },
  { part: "group", name: "The group’s net proceeds" },
] as const;
