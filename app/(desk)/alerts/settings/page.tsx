import type { Metadata } from "next";
import { SettingTable } from "@/components/alerts/setting-table";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { canMail } from "@/lib/integrations/mail";
import { listAlertSettings } from "@/lib/stage/queries/alert-list";

export const metadata: Metadata = { title: "Alert settings" };

/** How grave each alert is, and where it is told. The limits themselves are in each venture's settings. */
export default async function AlertSettingsPage() {
  const actor = await requirePermission("venture:read");
  const settings = await listAlertSettings();
  const mayChange = isPermitted(actor.role, "venture:configure");
  return (
    <>
      <PageHeader
        title="Alert settings"
        lead="How grave each alert is, and where it is told. The limits themselves are in each venture's settings."
      />
      <div className="grid grid-cols-1 gap-4">
        {canMail() ? null : (
          <Notice level="warning" word="no mail">
            No mail server is set up (SMTP_URL): what is to be told by e-mail is told everywhere else.
          </Notice>
        )}
        {mayChange ? null : <p className="text-muted">Only the chairman changes this.</p>}
        <SettingTable settings={settings} mayChange={mayChange} />
      </div>
    </>
  );
}
