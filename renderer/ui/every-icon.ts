/** Every icon there is, in a chunk of its own that only names from definitions need. */
export { icons } from 'lucide-react';
