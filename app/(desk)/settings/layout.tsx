import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const tabs = [
    { href: "/settings", label: "Your account" },
    ...(isPermitted(actor.role, "people:manage") ? [{ href: "/settings/people", label: "People" }] : []),
    ...(isPermitted(actor.role, "memo:read") ? [{ href: "/settings/policy", label: "Policy" }] : []),
    ...(isPermitted(actor.role, "venture:read") ? [{ href: "/settings/rates", label: "Exchange rates" }] : []),
    ...(isPermitted(actor.role, "connector:manage") ? [{ href: "/settings/connections", label: "Connections" }] : []),
    ...(isPermitted(actor.role, "connector:manage") ? [{ href: "/settings/governance", label: "Governance" }] : []),
  ];
  return (
    <>
      <PageHeader title="Settings" />
      <LinkTabs label="Settings" tabs={tabs} />
      <div className="mt-6 grid grid-cols-1 gap-10">{children}</div>
    </>
  );
}
