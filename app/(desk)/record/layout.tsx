import type { ReactNode } from "react";
import { ListKeys } from "@/components/shell/list-keys";
import { type LinkTab, LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";

export default async function RecordLayout({ children }: { children: ReactNode }) {
  const { role } = await requireActor();
  const tabs: LinkTab[] = [
    ...(isPermitted(role, "memo:read")
      ? [
          { href: "/record", label: "Decisions" },
          { href: "/record/automatic", label: "By themselves" },
          { href: "/record/agents", label: "Agents" },
        ]
      : []),
    { href: "/record/events", label: "Audit log" },
  ];
  return (
    <>
      <PageHeader title="Record" lead="What was decided, how good the advice was, and everything that ever changed." />
      <LinkTabs label="Record" tabs={tabs} />
      <ListKeys className="pt-5">{children}</ListKeys>
    </>
  );
}
