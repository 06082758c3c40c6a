import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return <SkeletonLines lines={20} label="The weekly report is loading" />;
}
