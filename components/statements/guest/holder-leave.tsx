"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { leaveHolder } from "@/lib/distribution/actions/holder";

export function HolderLeave({ link }: { link: string }) {
  const router = useRouter();
  const leave = async () => {
    await leaveHolder({ link });
    router.refresh();
  };
  return <Button onClick={leave}>Leave</Button>;
}
