"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { leaveRoom } from "@/lib/data-room/actions/guest";
import { formatDay } from "@/lib/format";

type GuestHeaderProps = { link: string; venture: string; email: string; until: string };

export function GuestHeader({ link, venture, email, until }: GuestHeaderProps) {
  const router = useRouter();
  return (
    <PageHeader
      title={`Data room of ${venture}`}
      lead={`You are ${email}. Open until ${formatDay(until)}. What you open is recorded and carries your address.`}
      actions={
        <Button
          onClick={async () => {
            await leaveRoom({ link });
            router.refresh();
          }}
        >
          Leave
        </Button>
      }
    />
  );
}
