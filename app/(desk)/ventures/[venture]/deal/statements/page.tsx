import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readerZone } from "@/components/shell/reader";
import { StatementsPanel } from "@/components/statements/statements-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getRecordsPage } from "@/lib/distribution/queries/records/records";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Statements" };

type StatementsRouteProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What the sale has distributed to whom, the holders' statements, tax lots and the group's returns. */
export default async function StatementsRoute({ params, searchParams }: StatementsRouteProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const { currency } = await searchParams;
  const page = await getRecordsPage(actor, venture.id, typeof currency === "string" ? currency : null, clock.now());
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    draft: isPermitted(actor.role, "memo:draft"),
    edit: isPermitted(actor.role, "deal:edit"),
  };
  return (
    <>
      <h1 className="sr-only">{venture.name}: statements</h1>
      <StatementsPanel page={page} until={page.until} zone={await readerZone()} may={may} />
    </>
  );
}
