/** A log that can be searched is asked for its search from outside: its element has the attribute and hears the event. */
export const FINDS = 'data-finds';
export const FIND = 'danescope-find';
