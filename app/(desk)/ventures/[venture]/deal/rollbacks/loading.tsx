import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return <SkeletonLines lines={16} label="The rollbacks are loading" />;
}
