import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { WeeklyReader } from "@/components/reports/weekly/weekly-reader";
import { ListKeys } from "@/components/shell/list-keys";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { findPermitted, requirePermission } from "@/lib/auth/session";
import { findWeekly } from "@/lib/reports/queries/weekly/list";

type WeeklyProps = {
  params: Promise<{ week: string; scope: string }>;
  searchParams: Promise<{ revision?: string }>;
};

const reportOf = cache(async (actor: Actor, week: string, scope: string, revision: string | undefined) => {
  const asked = revision !== undefined && /^\d{1,4}$/.test(revision) ? Number(revision) : null;
  const page = await findWeekly(actor, week, scope, asked);
  if (!page) notFound();
  return page;
});

export async function generateMetadata({ params, searchParams }: WeeklyProps): Promise<Metadata> {
  const actor = await findPermitted("report:read");
  if (!actor) return {};
  const { week, scope } = await params;
  return { title: (await reportOf(actor, week, scope, (await searchParams).revision)).document.title };
}

export default async function WeeklyReportPage({ params, searchParams }: WeeklyProps) {
  const actor = await requirePermission("report:read");
  const { week, scope } = await params;
  const page = await reportOf(actor, week, scope, (await searchParams).revision);
  return (
    <ListKeys up="/reports">
      <WeeklyReader page={page} mayWrite={isPermitted(actor.role, "run:start")} />
    </ListKeys>
  );
}
