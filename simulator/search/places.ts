/** A place by name, with where it really is if that is known. */
export interface Place {
  name: string
  latitude?: number
  longitude?: number
}

const places: readonly Required<Place>[] = [
  { name: "Amsterdam", latitude: 52.3676, longitude: 4.9041 },
  { name: "Athens", latitude: 37.9838, longitude: 23.7275 },
  { name: "Barcelona", latitude: 41.3874, longitude: 2.1686 },
  { name: "Beijing", latitude: 39.9042, longitude: 116.4074 },
  { name: "Berlin", latitude: 52.52, longitude: 13.405 },
  { name: "Buenos Aires", latitude: -34.6037, longitude: -58.3816 },
  { name: "Cairo", latitude: 30.0444, longitude: 31.2357 },
  { name: "Cape Town", latitude: -33.9249, longitude: 18.4241 },
  { name: "Chicago", latitude: 41.8781, longitude: -87.6298 },
  { name: "Delhi", latitude: 28.6139, longitude: 77.209 },
  { name: "Dubai", latitude: 25.2048, longitude: 55.2708 },
  { name: "Dublin", latitude: 53.3498, longitude: -6.2603 },
  { name: "Hamburg", latitude: 53.5511, longitude: 9.9937 },
  { name: "Istanbul", latitude: 41.0082, longitude: 28.9784 },
  { name: "Lagos", latitude: 6.5244, longitude: 3.3792 },
  { name: "Lisbon", latitude: 38.7223, longitude: -9.1393 },
  { name: "London", latitude: 51.5074, longitude: -0.1278 },
  { name: "Los Angeles", latitude: 34.0522, longitude: -118.2437 },
  { name: "Madrid", latitude: 40.4168, longitude: -3.7038 },
  { name: "Mexico City", latitude: 19.4326, longitude: -99.1332 },
  { name: "Moscow", latitude: 55.7558, longitude: 37.6173 },
  { name: "Mumbai", latitude: 19.076, longitude: 72.8777 },
  { name: "Munich", latitude: 48.1351, longitude: 11.582 },
  { name: "Nairobi", latitude: -1.2921, longitude: 36.8219 },
  { name: "New York", latitude: 40.7128, longitude: -74.006 },
  { name: "Paris", latitude: 48.8566, longitude: 2.3522 },
  { name: "Prague", latitude: 50.0755, longitude: 14.4378 },
  { name: "Rome", latitude: 41.9028, longitude: 12.4964 },
  { name: "San Francisco", latitude: 37.7749, longitude: -122.4194 },
  { name: "São Paulo", latitude: -23.5505, longitude: -46.6333 },
  { name: "Seoul", latitude: 37.5665, longitude: 126.978 },
  { name: "Singapore", latitude: 1.3521, longitude: 103.8198 },
  { name: "Stockholm", latitude: 59.3293, longitude: 18.0686 },
  { name: "Sydney", latitude: -33.8688, longitude: 151.2093 },
  { name: "Tokyo", latitude: 35.6762, longitude: 139.6503 },
  { name: "Toronto", latitude: 43.6532, longitude: -79.3832 },
  { name: "Vienna", latitude: 48.2082, longitude: 16.3738 },
  { name: "Warsaw", latitude: 52.2297, longitude: 21.0122 },
  { name: "Zurich", latitude: 47.3769, longitude: 8.5417 },
]

/** The first well-known city that a text names. */
export function findPlace(text: string): Place | undefined {
  const lower = text.toLowerCase()
  return places.find(({ name }) =>
    new RegExp(`(?<!\\p{L})${name.toLowerCase()}(?!\\p{L})`, "u").test(lower),
  )
}
