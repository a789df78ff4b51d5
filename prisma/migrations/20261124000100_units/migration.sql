-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "units" JSONB;
