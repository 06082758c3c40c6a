import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountStatementTable } from "@/components/payments/account-statement";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getAccountStatement } from "@/lib/ledger/queries";
import { ventureOf } from "../../../../venture-of";

export const metadata: Metadata = { title: "Account" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What moved on one account of the sale. */
export default async function AccountRoute({ params }: { params: Promise<{ venture: string; account: string }> }) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, account } = await params;
  const venture = await ventureOf(slug);
  if (!venture || !UUID.test(account)) notFound();
  const to = clock.now().toISOString().slice(0, 10);
  return <AccountStatementTable slug={venture.slug} statement={await getAccountStatement(actor, account, { to })} />;
}
