-- AlterTable
ALTER TABLE "Run" DROP COLUMN "heartbeatAt",
ADD COLUMN     "followedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "stopPlace" JSONB;

-- CreateTable
CREATE TABLE "RunEvent" (
    "messageId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "words" JSONB NOT NULL,

    CONSTRAINT "RunEvent_pkey" PRIMARY KEY ("messageId","seq")
);

-- CreateTable
CREATE TABLE "RunOwner" (
    "id" TEXT NOT NULL,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunOwner_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Run_owner_idx" ON "Run"("owner");

-- AddForeignKey
ALTER TABLE "RunEvent" ADD CONSTRAINT "RunEvent_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Run"("messageId") ON DELETE CASCADE ON UPDATE CASCADE;
