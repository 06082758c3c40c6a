import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import type { VentureDrivers } from "@/lib/growth/queries/drivers/drivers";
import { DriverHistory } from "./driver-history";
import { DriverSensitivity } from "./driver-sensitivity";
import { DriverTree } from "./driver-tree";
import { type DriverView, viewerOf } from "./driver-views";
import { GroupHolders } from "./group-holders";

type DriversPanelProps = { drivers: VentureDrivers; view: DriverView; path: string; zone: string; mayEdit: boolean };

/** The tree, how far it reconciles, and what each driver moves. */
export function DriversPanel({ drivers, view, path, zone, mayEdit }: DriversPanelProps) {
  const { venture, kept, sheet, versions } = drivers;
  const show = viewerOf(drivers);
  const leaves = new Map(
    sheet.leaves.map(({ leaf, figure, growth }) => [
      leaf.id,
      { figure: show(figure), growth: growth ? show(growth) : null },
    ]),
  );
  const horizon = sheet.horizons.find(({ months }) => months === view.months);
  return (
    <div className="grid gap-9 *:min-w-0">
      <Section title="What revenue is made of" aside={`per month, up to ${formatDay(drivers.to)}`}>
        <div className="grid gap-4">
          <DriverTree
            ventureId={venture.id}
            version={kept.version}
            tree={kept.tree}
            leaves={leaves}
            mayEdit={mayEdit}
          />
          <DriverHistory
            ventureId={venture.id}
            version={kept.version}
            versions={versions}
            zone={zone}
            mayEdit={mayEdit}
          />
          <Reconciliation drivers={drivers} />
          <Unknown drivers={drivers} />
        </div>
      </Section>
      <Section
        title="What each driver moves"
        aside={horizon ? <ExportMenu table="drivers" of="Drivers" query={{ venture: venture.slug }} /> : undefined}
      >
        <div className="grid gap-4 *:min-w-0">
          <Holders drivers={drivers} mayEdit={mayEdit} />
          {horizon ? (
            <DriverSensitivity sheet={horizon} view={view} path={path} show={show} />
          ) : (
            <p className="prose-width text-muted">This appears as soon as every driver has a value.</p>
          )}
        </div>
      </Section>
    </div>
  );
}

function Reconciliation({ drivers }: { drivers: VentureDrivers }) {
  const show = viewerOf(drivers);
  const { now, reported, gap, gapShare } = drivers.sheet;
  const rows = [
    { name: "Revenue of a month by the tree", figure: now },
    { name: "Reported revenue of the last month", figure: reported },
    { name: "Not explained by the tree", figure: gap },
    { name: "As a part of what was reported", figure: gapShare },
  ];
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-4">
      {rows.map(({ name, figure }) => (
        <div key={name} className="border-b border-line py-1">
          <dt className="text-sm text-muted">{name}</dt>
          <dd>
            <FigureValue figure={show(figure)} />
          </dd>
          {figure.value === null ? (
            <p className="text-sm text-muted">{REASON_SENTENCES[figure.reason ?? ""] ?? figure.reason}</p>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

function Unknown({ drivers: { sheet } }: { drivers: VentureDrivers }) {
  const missing = sheet.leaves.filter(({ figure }) => figure.value === null);
  if (missing.length === 0 && !sheet.zeroDivisor) return null;
  return (
    <Notice level="unknown" word="unknown">
      {sheet.zeroDivisor ? "The tree divides by a driver that is zero, so nothing can be computed from it. " : null}
      {missing.map(({ leaf, figure }) => (
        <p key={leaf.id}>
          {leaf.label}: {REASON_SENTENCES[figure.reason ?? ""] ?? figure.reason} Import it, or set a value in the tree.
        </p>
      ))}
    </Notice>
  );
}

function Holders({
  drivers: { venture, holders, holdingVersion },
  mayEdit,
}: {
  drivers: VentureDrivers;
  mayEdit: boolean;
}) {
  if (!holders) return null;
  const ours = holders.filter((holder) => holder.ours).map(({ name }) => name);
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
      <p className="text-muted">
        {ours.length > 0
          ? `The group is ${ours.join(" and ")} on the cap table.`
          : "Nobody has said which holders of the cap table are the group’s own, so its proceeds are unknown."}
      </p>
      {mayEdit ? <GroupHolders ventureId={venture.id} version={holdingVersion} holders={holders} /> : null}
    </div>
  );
}
