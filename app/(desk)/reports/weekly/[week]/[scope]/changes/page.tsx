import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComparisonView } from "@/components/reports/comparison-view";
import { ListKeys } from "@/components/shell/list-keys";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { findWeekly, findWeeklyComparison } from "@/lib/reports/queries/weekly/list";

export const metadata: Metadata = { title: "What the correction changed" };

type ChangesProps = {
  params: Promise<{ week: string; scope: string }>;
  searchParams: Promise<{ revision?: string }>;
};

/** A correction beside the revision before it. */
export default async function WeeklyChangesPage({ params, searchParams }: ChangesProps) {
  const actor = await requirePermission("report:read");
  const { week, scope } = await params;
  const { revision = "" } = await searchParams;
  const number = /^\d{1,4}$/.test(revision) ? Number(revision) : 0;
  const [page, compared] = await Promise.all([
    findWeekly(actor, week, scope, number),
    findWeeklyComparison(actor, week, scope, number),
  ]);
  if (!page || !compared) notFound();
  const href = `/reports/weekly/${week}/${scope}`;
  const reason = page.revisions.find((one) => one.revision === number)?.reason;
  return (
    <ListKeys up={href}>
      <PageHeader
        title={`${page.document.title}: what changed`}
        trail={<TextLink href={href}>The report</TextLink>}
        lead={reason ?? undefined}
      />
      <p className="mb-6 text-sm text-muted">
        From{" "}
        <TextLink href={`${href}?revision=${compared.before.version}`}>revision {compared.before.version}</TextLink> to{" "}
        <TextLink href={`${href}?revision=${number}`}>revision {number}</TextLink>
      </p>
      <ComparisonView compared={compared} />
    </ListKeys>
  );
}
