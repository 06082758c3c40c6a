import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlertBoard } from "@/components/alerts/alert-board";
import { AlertFilter } from "@/components/alerts/alert-filter";
import { alertLine, parseAlertFilter } from "@/components/alerts/alert-view";
import { AlertHistory } from "@/components/desk/alert-history";
import { ExportMenu } from "@/components/reports/export-menu";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { plural } from "@/lib/format";
import { listAlertHistory } from "@/lib/stage/queries";
import { filterAlerts, listCaredAlerts } from "@/lib/stage/queries/alert-list";
import { listRiskChoices } from "@/lib/stage/queries/risks";
import { findVentureBySlug } from "@/lib/ventures/queries";

export const metadata: Metadata = { title: "Alerts" };

const EVENTS = 60;

type AlertsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What stands, who cares for it, and how it came and went; of one venture or of all. */
export default async function AlertsPage({ searchParams }: AlertsPageProps) {
  const actor = await requirePermission("venture:read");
  const filter = parseAlertFilter(await searchParams);
  const venture = filter.venture ? await findVentureBySlug(actor, filter.venture) : null;
  if (filter.venture && !venture) notFound();
  const [zone, now] = [await readerZone(), clock.now()];
  const [alerts, events, choices] = await Promise.all([
    listCaredAlerts(actor, now),
    listAlertHistory(actor, EVENTS, venture?.id ?? null),
    listRiskChoices(actor),
  ]);
  const shown = filterAlerts(alerts, filter);
  const quiet = alerts.filter(({ state }) => state === "snoozed" || state === "muted").length;
  const kinds = [...new Set(alerts.map(({ kind }) => kind))].sort();
  return (
    <>
      <PageHeader
        title={venture ? `Alerts: ${venture.name}` : "Alerts"}
        lead="An alert stands as long as its cause. Who has taken note of it, put it off or muted it is in the record."
        actions={<ExportMenu table="alerts" of="the alerts" query={{ venture: venture?.slug }} />}
      />
      <AlertFilter filter={filter} ventures={choices.ventures} kinds={kinds} />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-8 lg:grid-cols-[3fr_2fr]">
        <Section
          title="Standing"
          aside={`${plural(shown.length, "alert")}${filter.state === "" && quiet > 0 ? `; ${quiet} more put off or muted` : ""}`}
        >
          {shown.length > 0 ? (
            <AlertBoard
              alerts={shown.map((alert) => alertLine(alert, zone))}
              mayNote={isPermitted(actor.role, "alert:acknowledge")}
              today={now.toISOString().slice(0, 10)}
              people={choices}
            />
          ) : (
            <EmptyState title="Nothing stands">
              What crosses a limit, falls due or goes wrong is told here, once for each cause, until the cause is over.
            </EmptyState>
          )}
        </Section>
        <Section title="History">
          <AlertHistory events={events} zone={zone} />
        </Section>
      </div>
    </>
  );
}
