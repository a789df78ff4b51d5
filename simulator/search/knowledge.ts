import { mentionsIn } from "../answers/mentions"
import type { Query } from "./query"

interface Card {
  title: string
  type: string
  description: string
  born?: string
  died?: string
}

const people: readonly Card[] = [
  {
    title: "Ada Lovelace",
    type: "English mathematician",
    description: "Wrote the first algorithm meant for a machine, Babbage's Analytical Engine.",
    born: "December 10, 1815, London, United Kingdom",
    died: "November 27, 1852, Marylebone, London, United Kingdom",
  },
  {
    title: "Albert Einstein",
    type: "Theoretical physicist",
    description: "Best known for the theory of relativity; Nobel Prize in Physics 1921.",
    born: "March 14, 1879, Ulm, Germany",
    died: "April 18, 1955, Princeton, New Jersey, United States",
  },
  {
    title: "Alan Turing",
    type: "English mathematician and computer scientist",
    description: "Laid the ground of theoretical computer science and helped to break Enigma.",
    born: "June 23, 1912, Maida Vale, London, United Kingdom",
    died: "June 7, 1954, Wilmslow, United Kingdom",
  },
  {
    title: "Grace Hopper",
    type: "American computer scientist",
    description: "Built one of the first compilers and rose to rear admiral in the US Navy.",
    born: "December 9, 1906, New York, United States",
    died: "January 1, 1992, Arlington, Virginia, United States",
  },
  {
    title: "Leonardo da Vinci",
    type: "Italian polymath",
    description: "Painter of the Mona Lisa, and a student of flight, water and anatomy.",
    born: "April 15, 1452, Anchiano, Italy",
    died: "May 2, 1519, Clos Lucé, Amboise, France",
  },
  {
    title: "Marie Curie",
    type: "Physicist and chemist",
    description: "Studied radioactivity; the first to win Nobel Prizes in two sciences.",
    born: "November 7, 1867, Warsaw, Poland",
    died: "July 4, 1934, Passy, France",
  },
  {
    title: "Nikola Tesla",
    type: "Inventor and engineer",
    description: "Known for his part in the alternating current that powers homes today.",
    born: "July 10, 1856, Smiljan, Croatia",
    died: "January 7, 1943, New York, United States",
  },
  {
    title: "Wolfgang Amadeus Mozart",
    type: "Composer",
    description: "Wrote more than 600 works, among them The Magic Flute and the Requiem.",
    born: "January 27, 1756, Salzburg, Austria",
    died: "December 5, 1791, Vienna, Austria",
  },
]

/** The card beside the results, where a question is about somebody or something that is known. */
export function cardFor({ text, place }: Query): Card | undefined {
  const lower = text.toLowerCase()
  const person = people.find(({ title }) => {
    const surname = title.split(" ").at(-1) ?? title
    return new RegExp(`(?<!\\p{L})${surname.toLowerCase()}(?!\\p{L})`, "u").test(lower)
  })
  if (person) return person
  const topic = mentionsIn(text)[0]?.topic
  if (topic) {
    const title = topic.name.charAt(0).toUpperCase() + topic.name.slice(1)
    return { title, type: topic.group, description: topic.facts["What it is"] ?? "" }
  }
  if (place?.latitude === undefined) return undefined
  return { title: place.name, type: "City", description: `${place.name} is a city.` }
}
