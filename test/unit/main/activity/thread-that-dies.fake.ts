throw new Error('died at once');
