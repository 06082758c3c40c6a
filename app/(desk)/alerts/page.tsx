import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlertHistory } from "@/components/desk/alert-history";
import { riskOf } from "@/components/desk/desk-view";
import { RiskList } from "@/components/desk/risk-list";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { listStandingAlerts } from "@/lib/reports/queries/news";
import { listAlertHistory } from "@/lib/stage/queries";
import { findVentureBySlug } from "@/lib/ventures/queries";

export const metadata: Metadata = { title: "Alerts" };

const STANDING = 100;
const EVENTS = 60;

type AlertsPageProps = { searchParams: Promise<{ venture?: string }> };

/** What stands, who has seen it, and how it came and went; of one venture or of all. */
export default async function AlertsPage({ searchParams }: AlertsPageProps) {
  const actor = await requirePermission("venture:read");
  const slug = (await searchParams).venture;
  const venture = slug ? await findVentureBySlug(actor, slug) : null;
  if (slug && !venture) notFound();
  const zone = await readerZone();
  const [alerts, events] = await Promise.all([
    listStandingAlerts(actor, STANDING, venture?.id),
    listAlertHistory(actor, EVENTS, venture?.id ?? null),
  ]);
  return (
    <>
      <PageHeader
        title={venture ? `Alerts: ${venture.name}` : "Alerts"}
        lead="An alert stands as long as its cause. Who has taken note of it is in the record."
        actions={<ExportMenu table="alerts" of="the alerts" query={{ venture: venture?.slug }} />}
      />
      {venture ? (
        <p className="mb-4">
          <TextLink href="/alerts">All ventures</TextLink>
        </p>
      ) : null}
      <ListKeys className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
        <Section title="Standing">
          <RiskList risks={alerts.map(riskOf)} mayNote={isPermitted(actor.role, "alert:acknowledge")} zone={zone} />
        </Section>
        <Section title="History">
          <AlertHistory events={events} zone={zone} />
        </Section>
      </ListKeys>
    </>
  );
}
